package todo

import (
	"context"
	"fmt"
	"time"

	"renzheng/tracing"
)

// Sizes of a part of the feed.
const (
	DefaultFeed = 100
	MaxFeed     = 500 // a registry that was away for a day catches up in a few calls
)

// ListFeed returns a registry's events after a position, in order, without gaps.
func (s *Service) ListFeed(ctx context.Context, registryID string, after int64, limit int) (_ []Event, err error) {
	ctx, span := tracing.Start(ctx, "todo ListFeed")
	defer func() { span.End(err) }()
	if limit <= 0 {
		limit = DefaultFeed
	}
	events, err := s.Events.Feed(ctx, registryID, max(after, 0), min(limit, MaxFeed))
	if err != nil {
		return nil, fmt.Errorf("reading the feed: %w", err)
	}
	return events, nil
}

// Redeliver makes one of the registry's events due again, whether it was
// delivered or given up. Errors: ErrNotFound.
func (s *Service) Redeliver(ctx context.Context, registryID, eventID string) (err error) {
	ctx, span := tracing.Start(ctx, "todo Redeliver")
	defer func() { span.End(err) }()
	if err := s.Events.Redeliver(ctx, registryID, eventID, s.now()); err != nil {
		return fmt.Errorf("making an event due again: %w", err)
	}
	return nil
}

// newEvent returns the event of a todo; it is written in the transaction of its
// cause.
func (s *Service) newEvent(kind EventType, t Todo, now time.Time) (Event, error) {
	id, err := s.newID("evt_")
	if err != nil {
		return Event{}, err
	}
	return Event{
		ID: id, Type: kind, RegistryID: t.RegistryID, CaseRow: t.CaseRow, CaseID: t.CaseID,
		SignerID: t.SignerID, TodoID: t.ID, Revision: t.Revision, CreatedAt: now,
	}, nil
}
