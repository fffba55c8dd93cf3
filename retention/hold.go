package retention

import (
	"context"
	"errors"
	"time"
)

// HoldKind is what a hold keeps.
type HoldKind string

// The kinds of holds.
const (
	HoldCase    HoldKind = "case"    // a case with its todos, answers, portraits and events
	HoldSubject HoldKind = "subject" // a person: their verifications, consents and portraits, and every case that names them
)

// Hold keeps rows beyond their period, because of a lawsuit, an investigation or an appeal.
type Hold struct {
	ID       string // "hld_…"; of a new one "" for an id of the store
	Kind     HoldKind
	OwnerID  string // of our row of the case or person
	Registry string // of the case by which it was named
	CaseID   string // likewise; the registry's own id
	SignerID string // of the signer of that case who is the person; "" for a case
	Ground   string // the operator's words
	PlacedBy string
	PlacedAt time.Time
	LiftedBy string    // "" while it is in force
	LiftedAt time.Time // zero while it is in force
}

// Errors of holds.
var (
	// ErrUnknown says that no case, signer or hold has the given name.
	ErrUnknown = errors.New("not found")
	// ErrErased says that what the hold should keep is erased already.
	ErrErased = errors.New("already erased")
	// ErrHeld says that a hold keeps what was to be erased.
	ErrHeld = errors.New("a legal hold keeps it")
)

// HoldStore keeps holds.
type HoldStore interface {
	// PlaceHold stores a hold on the case or signer that it names and returns it with id and owner. Errors: ErrUnknown, ErrErased.
	PlaceHold(ctx context.Context, h Hold) (Hold, error)
	// LiftHold ends a hold. Errors: ErrUnknown if there is none in force.
	LiftHold(ctx context.Context, id, by string, now time.Time) error
	// Holds lists the holds in force, and all others too if ended is set, oldest first.
	Holds(ctx context.Context, ended bool) ([]Hold, error)
}
