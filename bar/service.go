package bar

import (
	"context"
	"fmt"
	"time"

	"renzheng/identity"
	"renzheng/ledger"
	"renzheng/staff"
)

// Service holds the rules of bars. Safe for concurrent use.
type Service struct {
	Store Store
	Clock func() time.Time
	NewID func(prefix string) (string, error)
}

const maxListed = 200

func (s *Service) now() time.Time { return s.Clock().UTC().Truncate(time.Millisecond) }

// List returns the latest bars.
func (s *Service) List(ctx context.Context, m staff.Member) ([]Bar, error) {
	found, err := s.Store.Bars(ctx, m, maxListed)
	if err != nil {
		return nil, fmt.Errorf("listing bars: %w", err)
	}
	return found, nil
}

// Propose proposes to bar a person. Errors: ErrDiffers, ErrReason, ErrTerm, ErrReference, ErrOwn.
func (s *Service) Propose(ctx context.Context, p Proposal) (Bar, error) {
	p.Now = s.now()
	if err := p.Check(); err != nil {
		return Bar{}, err
	}
	made, err := s.Store.ProposeBar(ctx, p)
	if err != nil {
		return Bar{}, fmt.Errorf("proposing a bar: %w", err)
	}
	return made, nil
}

// Reveal returns a bar and whose it is. The access is recorded, and shown to the person. Errors: ErrNotFound, also if the person was erased.
func (s *Service) Reveal(ctx context.Context, m staff.Member, id string) (Bar, identity.Document, error) {
	b, d, err := s.Store.RevealBar(ctx, m, id, s.now())
	if err != nil {
		return Bar{}, identity.Document{}, fmt.Errorf("revealing a bar: %w", err)
	}
	return b, d, nil
}

// Approve puts a bar into force. Errors: ErrNotFound, ErrFourEyes, ErrUnread, ErrState.
func (s *Service) Approve(ctx context.Context, m staff.Member, id string) error {
	return s.decide(ctx, m, id, KindPlaced, s.Store.ApproveBar)
}

// Reject drops a proposal. Errors: ErrNotFound, ErrState.
func (s *Service) Reject(ctx context.Context, m staff.Member, id string) error {
	return s.decide(ctx, m, id, "", s.Store.RejectBar)
}

// End ends a bar in force. Errors: ErrNotFound, ErrState.
func (s *Service) End(ctx context.Context, m staff.Member, id string) error {
	return s.decide(ctx, m, id, KindEnded, s.Store.EndBar)
}

func (s *Service) decide(ctx context.Context, m staff.Member, id string, kind ledger.Kind, change func(context.Context, Decision) error) error {
	entry, err := s.NewID("led_")
	if err != nil {
		return err
	}
	d := Decision{ID: id, Member: m, Now: s.now()}
	d.Entry = ledger.Draft{ID: entry, At: d.Now, Kind: kind, Office: m.Office, Member: m.ID, Reference: id}
	if err = change(ctx, d); err != nil {
		return fmt.Errorf("deciding about a bar: %w", err)
	}
	return nil
}
