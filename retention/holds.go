package retention

import (
	"context"
	"errors"
	"fmt"
	"time"

	"renzheng/identity"
	"renzheng/staff"
)

// ErrGround reports a ground that is not one line of plain text.
var ErrGround = errors.New("the ground must be one line of plain text without markup")

const maxGround = 200 // characters

// Holds is what members place and lift holds with. Safe for concurrent use.
type Holds struct {
	Store HoldStore
	Clock func() time.Time
}

// Place places a hold on a case, or on one of its signers if signer is not "". Errors: ErrGround, ErrUnknown, ErrErased.
func (h *Holds) Place(ctx context.Context, m staff.Member, wanted Hold) (Hold, error) {
	if identity.PlainText(wanted.Ground, maxGround) != nil {
		return Hold{}, ErrGround
	}
	wanted.Kind, wanted.PlacedBy, wanted.PlacedAt = HoldCase, m.ID, h.Clock()
	if wanted.SignerID != "" {
		wanted.Kind = HoldSubject
	}
	placed, err := h.Store.PlaceHold(ctx, wanted)
	if err != nil {
		return Hold{}, fmt.Errorf("placing a legal hold: %w", err)
	}
	return placed, nil
}

// Lift ends a hold. ErrUnknown if there is none in force.
func (h *Holds) Lift(ctx context.Context, m staff.Member, id string) error {
	if err := h.Store.LiftHold(ctx, id, m.ID, h.Clock()); err != nil {
		return fmt.Errorf("lifting a legal hold: %w", err)
	}
	return nil
}

// List returns the holds in force, and all others too if ended is set, oldest first.
func (h *Holds) List(ctx context.Context, ended bool) ([]Hold, error) {
	found, err := h.Store.Holds(ctx, ended)
	if err != nil {
		return nil, fmt.Errorf("listing legal holds: %w", err)
	}
	return found, nil
}
