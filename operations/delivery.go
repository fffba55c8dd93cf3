package operations

import (
	"context"
	"errors"
	"time"
)

// Delivery is the way of one event to its registry. It names neither the case nor the signer.
type Delivery struct {
	EventID    string
	Type       string
	RegistryID string
	State      string // pending or dead
	Attempts   int
	Reason     string // why the last attempt failed; "" if none did
	CreatedAt  time.Time
	NextAt     time.Time // of a pending one
}

// ErrNotFound reports that there is no such event.
var ErrNotFound = errors.New("not found")

// MaxDeliveries bounds one list.
const MaxDeliveries = 200

// DeliveryStore shows how events get to their registries.
type DeliveryStore interface {
	// Undelivered returns the newest events that are pending after a failed attempt, or dead; the oldest of them first.
	Undelivered(ctx context.Context, limit int) ([]Delivery, error)
	// DeliverAgain makes an event due again, with the same id. It is idempotent. ErrNotFound.
	DeliverAgain(ctx context.Context, eventID string, now time.Time) error
}
