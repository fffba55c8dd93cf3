package todo

import (
	"context"
	"time"
)

// EventStore is the way of events to registries. It is shared by all replicas.
type EventStore interface {
	// Sequence returns feed positions to committed events that have none, gapless per
	// registry, in one transaction under the caller's lease (R24).
	Sequence(ctx context.Context, now time.Time, limit int) (int, error)
	// ClaimDeliveries leases up to limit due events, oldest first, never one whose
	// case has an earlier undelivered event.
	ClaimDeliveries(ctx context.Context, registryID string, now, leaseUntil time.Time, limit int) ([]Delivery, error)
	// FinishDeliveries applies each result whose lease is still held, all in one
	// transaction, and returns how many it applied.
	FinishDeliveries(ctx context.Context, results []DeliveryResult) (int, error)
	// Feed returns a registry's sequenced events after a position.
	Feed(ctx context.Context, registryID string, after int64, limit int) ([]Event, error)
	// Redeliver makes an event of this registry due again, dead or delivered. ErrNotFound.
	Redeliver(ctx context.Context, registryID, eventID string, now time.Time) error
}
