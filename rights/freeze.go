package rights

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Freeze is a person's own stop on their number (冻结): while it is in force nobody can be verified as this person, see
// their todos or answer them.
type Freeze struct {
	ID       string // "frz_…"
	PlacedAt time.Time
	LiftedAt time.Time // zero while it is in force
}

// LiftRequest is the request of a session to lift a freeze.
type LiftRequest struct {
	SessionID      string
	VerificationID string // of purpose lift, passed and unused
	Now            time.Time
}

var (
	// ErrNotFrozen reports that the number of the person is not frozen.
	ErrNotFrozen = errors.New("not frozen")
	// ErrNotLifting reports a verification that cannot lift a freeze: it has not passed, is used or is too old.
	ErrNotLifting = errors.New("the verification lifts no freeze")
)

// FreezeStore keeps freezes.
type FreezeStore interface {
	// Freeze places a freeze on the number of the viewer, ends every grant and voids every verification under it, and
	// announces it to the registries of open todos, in one transaction. ErrNoAccess, also if the number is frozen already.
	Freeze(ctx context.Context, v Viewer, now time.Time) (Freeze, error)
	// Lift ends the freeze in force of the person of a passed verification, which it uses up. It is idempotent by
	// verification. ErrNotFound, ErrNotLifting, ErrNotFrozen.
	Lift(ctx context.Context, r LiftRequest) (Freeze, error)
	// PlacedFreezes returns the freezes in force that an account has placed.
	PlacedFreezes(ctx context.Context, accountID string) ([]Freeze, error)
}

// Freeze freezes the number of the viewer, whose access ends. ErrNoAccess.
func (s *Service) Freeze(ctx context.Context, v Viewer) (Freeze, error) {
	placed, err := s.deps.Freezes.Freeze(ctx, v, s.now())
	if err != nil {
		return Freeze{}, fmt.Errorf("freezing a number: %w", err)
	}
	return placed, nil
}

// Lift lifts the freeze of the person who passed a verification for it. Errors: ErrNotFound, ErrNotLifting, ErrNotFrozen.
func (s *Service) Lift(ctx context.Context, sessionID, verificationID string) (Freeze, error) {
	lifted, err := s.deps.Freezes.Lift(ctx, LiftRequest{SessionID: sessionID, VerificationID: verificationID, Now: s.now()})
	if err != nil {
		return Freeze{}, fmt.Errorf("lifting a freeze: %w", err)
	}
	return lifted, nil
}

// PlacedFreezes returns the freezes in force that an account has placed. They do not say whose number is frozen.
func (s *Service) PlacedFreezes(ctx context.Context, accountID string) ([]Freeze, error) {
	placed, err := s.deps.Freezes.PlacedFreezes(ctx, accountID)
	if err != nil {
		return nil, fmt.Errorf("listing freezes: %w", err)
	}
	return placed, nil
}
