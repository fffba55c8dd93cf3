package staff

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"

	"renzheng/random"
)

// Begin begins a sign-in and returns what the browser must keep, with the address at the provider. Error: ErrUnavailable.
func (s *Service) Begin(ctx context.Context) (Begun, string, error) {
	var b Begun
	for _, member := range []*string{&b.State, &b.Nonce, &b.Verifier} {
		token, err := random.Token(s.deps.Rand)
		if err != nil {
			return Begun{}, "", err
		}
		*member = token
	}
	address, err := s.deps.Provider.Authorize(ctx, b)
	if err != nil {
		return Begun{}, "", fmt.Errorf("beginning a sign-in: %w", err)
	}
	return b, address, nil
}

// Opened is a session with its token, which is secret and returned only here.
type Opened struct {
	Token   string
	Session Session
}

// Complete opens a session for the identity of a code, if state is that of the sign-in which this browser began.
//
// Errors: ErrRejected, ErrSecondFactor, ErrNoRole, ErrNoOffice, ErrSignedOut, ErrUnavailable.
func (s *Service) Complete(ctx context.Context, b Begun, state, code string) (Opened, error) {
	if !b.isComplete() || subtle.ConstantTimeCompare([]byte(b.State), []byte(state)) != 1 || code == "" {
		return Opened{}, ErrRejected
	}
	who, err := s.deps.Provider.Exchange(ctx, b, code)
	if err != nil {
		return Opened{}, fmt.Errorf("exchanging a code: %w", err)
	}
	if err = who.check(s.deps.Offices); err != nil {
		return Opened{}, err
	}
	token, err := random.Token(s.deps.Rand)
	if err != nil {
		return Opened{}, err
	}
	id, err := random.ShortID(s.deps.Rand, "sts_")
	if err != nil {
		return Opened{}, err
	}
	now := s.now()
	opened, err := s.deps.Sessions.OpenStaffSession(ctx, NewSession{
		ID: id, TokenHash: sha256.Sum256([]byte(token)), Identity: who, Now: now, IdleUntil: now.Add(Idle), Until: now.Add(Absolute),
	})
	if err != nil {
		return Opened{}, fmt.Errorf("opening a staff session: %w", err)
	}
	return Opened{Token: token, Session: opened}, nil
}

func (b Begun) isComplete() bool { return b.State != "" && b.Nonce != "" && b.Verifier != "" }

// check reports whether an identity may work here.
func (i Identity) check(offices Offices) error {
	if i.Issuer == "" || i.Subject == "" {
		return ErrRejected
	}
	if len(i.Roles) == 0 {
		return ErrNoRole
	}
	for _, r := range i.Roles {
		if _, ok := ParseRole(string(r)); !ok {
			return ErrNoRole
		}
		if r.NeedsOffice() && i.Office == "" {
			return ErrNoOffice
		}
	}
	if i.Office != "" && !offices.Has(i.Office) {
		return ErrNoOffice
	}
	return nil
}
