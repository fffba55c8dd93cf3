package operations

import (
	"context"
	"errors"
	"time"
)

// Delivery is how far one event has got on its way to its registry. It names neither the case nor the signer.
type Delivery struct {
	EventID    string
	Type       string
	RegistryID string
	State      string // pending or dead
	Attempts   int
	Reason     string // why the last attempt failed; "" if none did
	CreatedAt  time.Time
	NextAt     time.Time // of the next attempt, if it is pending
}

// ErrNotFound reports that there is no such event, ticket, session or verification.
var ErrNotFound = errors.New("no such event, ticket or trace")

// MaxDeliveries is the number of deliveries that one page lists.
const MaxDeliveries = 200

// DeliveryStore reads and repeats deliveries. Safe for concurrent use.
type DeliveryStore interface {
	// Undelivered returns the newest events that are pending after a failed attempt, or dead; the oldest of them first.
	Undelivered(ctx context.Context, limit int) ([]Delivery, error)
	// DeliverAgain makes an event due again, with the same id. Idempotent. Errors: ErrNotFound.
	DeliverAgain(ctx context.Context, eventID string, now time.Time) error
}
