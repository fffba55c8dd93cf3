package todo

import (
	"context"
	"encoding/base32"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"renzheng/identity"
	"renzheng/tracing"
)

// Invitation leads a signer to an open todo. By itself it reveals nothing: it is
// resolved only for the person who has been verified as that signer.
//
// Secrecy: token and code are secret; the store keeps keyed hashes of them.
type Invitation struct {
	Token     identity.Secret // for a link: 26 of [A-Z2-7], 128 bits
	Code      identity.Secret // to be typed: eight letters without vowels, as "WDJB-MJHT"
	ExpiresAt time.Time       // of the todo; it ends before when the todo does
}

const (
	tokenBytes  = 16
	codeLetters = "BCDFGHJKLMNPQRSTVWXZ" // RFC 8628 section 6.1: no look-alikes, and no words by chance
	codeLength  = 8

	lookupLimit  = 20        // codes of an account that lead nowhere; a person mistypes a few
	lookupWindow = time.Hour // in which they count
)

//nolint:gochecknoglobals // never changed
var tokenEncoding = base32.StdEncoding.WithPadding(base32.NoPadding)

// InvitationStore keeps invitations and bounds how many codes an account may try.
type InvitationStore interface {
	// PutInvitation stores the invitation to an open todo, which ends an earlier one of
	// the same todo. ErrConflict if the todo is no longer open.
	PutInvitation(ctx context.Context, t Todo, i Invitation, now time.Time) error
	// InvitedTodo returns the viewer's open todo that a normalized token or code leads
	// to, without its content. ErrNotFound.
	InvitedTodo(ctx context.Context, v Viewer, secret identity.Secret, now time.Time) (Todo, error)
	// ReserveLookup takes one of the account's tries and returns the end of their
	// window. ErrTooMany.
	ReserveLookup(ctx context.Context, accountID string, limit int, window time.Duration, now time.Time) (time.Time, error)
	// ReleaseLookup returns a try to the window that ends then.
	ReleaseLookup(ctx context.Context, accountID string, endsAt time.Time) error
}

// Invite makes an invitation for a signer of a registry's case. A later one of the
// same todo ends the earlier.
//
// Errors: ErrNotFound; *RejectedError with CodeAlreadyAnswered, CodeExpired,
// CodeWithdrawn or CodeCaseErased; ErrConflict if the todo ended meanwhile.
func (s *Service) Invite(ctx context.Context, registryID, caseID, signerID string) (_ Invitation, err error) {
	ctx, span := tracing.Start(ctx, "todo Invite")
	defer func() { span.End(err) }()
	inCase, err := s.Cases.CaseOutline(ctx, registryID, caseID)
	if err != nil {
		return Invitation{}, fmt.Errorf("reading the case of a signer: %w", err)
	}
	if err = inCase.readable(); err != nil {
		return Invitation{}, err
	}
	at := slices.IndexFunc(inCase.Todos, func(t Todo) bool { return t.SignerID == signerID })
	if at < 0 {
		return Invitation{}, fmt.Errorf("finding a signer: %w", ErrNotFound)
	}
	now := s.now()
	t := inCase.Todos[at].at(now)
	switch t.State {
	case Open:
	case Confirmed, Declined, DoneAtWindow:
		return Invitation{}, rejected(CodeAlreadyAnswered)
	case Expired:
		return Invitation{}, rejected(CodeExpired)
	case Withdrawn, Superseded:
		return Invitation{}, rejected(CodeWithdrawn)
	}
	invitation, err := s.newInvitation(t)
	if err != nil {
		return Invitation{}, err
	}
	if err := s.Invitations.PutInvitation(ctx, t, invitation, now); err != nil {
		return Invitation{}, fmt.Errorf("storing an invitation: %w", err)
	}
	return invitation, nil
}

func (s *Service) newInvitation(t Todo) (Invitation, error) {
	var raw [tokenBytes]byte
	if _, err := io.ReadFull(s.Rand, raw[:]); err != nil {
		return Invitation{}, fmt.Errorf("drawing a token: %w", err)
	}
	code, err := s.newCode()
	if err != nil {
		return Invitation{}, err
	}
	return Invitation{
		Token: identity.NewSecret(tokenEncoding.EncodeToString(raw[:])), Code: identity.NewSecret(code), ExpiresAt: t.ExpiresAt,
	}, nil
}

// newCode draws letters, each with the same probability, in two groups.
func (s *Service) newCode() (string, error) {
	const even = 256 / len(codeLetters) * len(codeLetters) // from here on some letters would be more likely
	code := make([]byte, 0, codeLength+1)
	for len(code) < codeLength+1 {
		if len(code) == codeLength/2 {
			code = append(code, '-')
		}
		var drawn [1]byte
		if _, err := io.ReadFull(s.Rand, drawn[:]); err != nil {
			return "", fmt.Errorf("drawing a code: %w", err)
		}
		if n := int(drawn[0]); n < even {
			code = append(code, codeLetters[n%len(codeLetters)])
		}
	}
	return string(code), nil
}

// Invited returns the id of the viewer's open todo that a token or a typed code leads
// to. Every other one is ErrNotFound, whether it is unknown, ended or another signer's,
// and takes one of the account's tries.
//
// Errors: ErrNotFound, ErrTooMany.
func (s *Service) Invited(ctx context.Context, v Viewer, text string) (_ string, err error) {
	ctx, span := tracing.Start(ctx, "todo Invited")
	defer func() { span.End(err) }()
	now := s.now()
	endsAt, err := s.Invitations.ReserveLookup(ctx, v.AccountID, lookupLimit, lookupWindow, now)
	if err != nil {
		return "", fmt.Errorf("counting a look-up of an invitation: %w", err)
	}
	t, err := s.Invitations.InvitedTodo(ctx, v, NormalizeInvitation(text), now)
	if err == nil && !t.Signer.Name.Equal(v.Name) { // R8
		err = ErrNotFound
	}
	if err != nil {
		return "", fmt.Errorf("looking an invitation up: %w", err)
	}
	if err := s.Invitations.ReleaseLookup(ctx, v.AccountID, endsAt); err != nil {
		return "", fmt.Errorf("releasing a look-up of an invitation: %w", err)
	}
	return t.ID, nil
}

// NormalizeInvitation returns a token or a typed code in its one spelling: capital
// letters without separators.
func NormalizeInvitation(text string) identity.Secret {
	return identity.NewSecret(strings.ToUpper(strings.NewReplacer("-", "", " ", "", ".", "", "_", "").Replace(text)))
}
