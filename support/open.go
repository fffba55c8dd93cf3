package support

import (
	"context"
	"fmt"

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
	code, err := random.Code(s.deps.Rand, codeLetter)
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

// codeLetter is how the code of a ticket begins.
const codeLetter = "T"

// codeIn returns the ticket code in words, whatever its spelling, or "" if they are
// not one.
func codeIn(words string) string { return random.ReadCode(words, codeLetter) }
