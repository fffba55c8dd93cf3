package support

import (
	"context"
	"fmt"
	"strings"

	"renzheng/random"
	"renzheng/tracing"
)

// OpenResult is the live ticket of an account.
type OpenResult struct {
	Ticket

	// Created reports that the ticket is new.
	Created bool
}

// Open returns the account's live ticket with this context, or creates it.
// Idempotent.
func (s *Service) Open(ctx context.Context, accountID string, c Context) (_ OpenResult, err error) {
	ctx, span := tracing.Start(ctx, "support Open")
	defer func() { span.End(err) }()
	id, err := random.ID(s.deps.Rand, "tkt_")
	if err != nil {
		return OpenResult{}, err
	}
	code, err := s.newCode()
	if err != nil {
		return OpenResult{}, err
	}
	if _, ok := s.FAQ().ForFailure(c.Failure, c.Language); !ok {
		c.Failure = "" // a client of another release is helped, too
	}
	now := s.now()
	opened, err := s.deps.Tickets.OpenTicket(ctx, Ticket{
		ID: id, Code: code, AccountID: accountID, Context: c,
		State: Open, CreatedAt: now, ExpiresAt: now.Add(TicketLife),
	})
	if err != nil {
		return OpenResult{}, fmt.Errorf("opening a ticket: %w", err)
	}
	return opened, nil
}

// Ticket returns a ticket of an account. Errors: ErrNotFound.
func (s *Service) Ticket(ctx context.Context, accountID, id string) (_ Ticket, err error) {
	ctx, span := tracing.Start(ctx, "support Ticket")
	defer func() { span.End(err) }()
	t, err := s.deps.Tickets.Ticket(ctx, accountID, id, s.now())
	if err != nil {
		return Ticket{}, fmt.Errorf("reading a ticket: %w", err)
	}
	return t, nil
}

const (
	codePrefix = "T-"
	codeLength = 8                                  // 40 bits: not a secret, but unique
	codeLetter = "0123456789ABCDEFGHJKMNPQRSTVWXYZ" // Crockford's alphabet has no letters that look alike
)

func (s *Service) newCode() (string, error) {
	b, err := random.Bytes(s.deps.Rand, codeLength)
	if err != nil {
		return "", err
	}
	for i := range b {
		b[i] = codeLetter[int(b[i])%len(codeLetter)]
	}
	return codePrefix + string(b[:codeLength/2]) + "-" + string(b[codeLength/2:]), nil
}

// codeIn returns the ticket code in words, whatever its spelling, or "" if they are
// not one.
func codeIn(words string) string {
	letters := strings.Map(func(r rune) rune {
		switch r {
		case '-', ' ':
			return -1
		case 'I', 'L': // as Crockford reads them
			return '1'
		case 'O':
			return '0'
		}
		return r
	}, strings.ToUpper(strings.TrimSpace(words)))
	letters, ok := strings.CutPrefix(letters, "T")
	if !ok || len(letters) != codeLength || strings.Trim(letters, codeLetter) != "" {
		return ""
	}
	return codePrefix + letters[:codeLength/2] + "-" + letters[codeLength/2:]
}
