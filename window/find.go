package window

import (
	"context"
	"fmt"

	"renzheng/staff"
)

// Found is what a member sees before the document was checked: nothing that names anybody.
type Found struct {
	Traces  []Trace
	Left    []CheckTries
	Ticket  *Ticket
	Signers []Signer
}

// FindSlip returns what was tried in the session of a slip code, whose beginning of an id is prefix. The person sees that it
// was shown. Errors: ErrRole, ErrNotFound, ErrOwnAffair, *LimitError.
func (s *Service) FindSlip(ctx context.Context, m staff.Member, prefix string) (Found, error) {
	if err := serves(m); err != nil {
		return Found{}, err
	}
	l, err := s.lookup(Act{Member: m, Now: s.now()})
	if err != nil {
		return Found{}, err
	}
	traces, err := s.Traces.TracesOfSession(ctx, l, prefix)
	if err != nil {
		return Found{}, fmt.Errorf("finding a slip: %w", err)
	}
	return s.found(ctx, Found{Traces: traces})
}

// found adds the tries that are left.
func (s *Service) found(ctx context.Context, f Found) (Found, error) {
	var err error
	f.Left, err = s.triesLeft(ctx, f.Traces)
	return f, err
}

// FindTicket returns a live ticket and what its account tried. The person sees that it was shown. Errors: ErrRole, ErrNotFound,
// ErrOwnAffair, *LimitError.
func (s *Service) FindTicket(ctx context.Context, m staff.Member, code string) (Found, error) {
	if err := serves(m); err != nil {
		return Found{}, err
	}
	l, err := s.lookup(Act{Member: m, Now: s.now()})
	if err != nil {
		return Found{}, err
	}
	ticket, traces, err := s.Traces.TicketOf(ctx, l, code)
	if err != nil {
		return Found{}, fmt.Errorf("finding a ticket: %w", err)
	}
	return s.found(ctx, Found{Traces: traces, Ticket: &ticket})
}

// FindCase returns whom a case asks, by the registry's own ids. Errors: ErrRole, ErrNotFound, *LimitError.
func (s *Service) FindCase(ctx context.Context, m staff.Member, registryID, caseID string) (Found, error) {
	if err := serves(m); err != nil {
		return Found{}, err
	}
	l, err := s.lookup(Act{Member: m, Now: s.now()})
	if err != nil {
		return Found{}, err
	}
	signers, err := s.Traces.SignersOf(ctx, l, registryID, caseID)
	if err != nil {
		return Found{}, fmt.Errorf("finding a case: %w", err)
	}
	return Found{Signers: signers}, nil
}

// AttemptsOf returns what was tried by the person of a visit, and what is left. The person sees that it was shown. Errors: ErrRole, ErrNotFound,
// ErrState, ErrOwnAffair, *LimitError.
func (s *Service) AttemptsOf(ctx context.Context, m staff.Member, visitID string) (Found, error) {
	if err := atWindow(m); err != nil {
		return Found{}, err
	}
	l, err := s.lookup(Act{VisitID: visitID, Member: m, Now: s.now()})
	if err != nil {
		return Found{}, err
	}
	traces, err := s.Traces.TracesOfVisit(ctx, l)
	if err != nil {
		return Found{}, fmt.Errorf("reading what was tried: %w", err)
	}
	return s.found(ctx, Found{Traces: traces})
}
