package todo

import (
	"context"
	"fmt"
)

// upkeepBatch keeps transactions short and memory bounded; a worker goes on
// until a batch comes back short.
const upkeepBatch = 200

// Expire ends open todos whose window has passed, with an event each, and
// returns how many. The window itself is guarded where answers are written.
func (s *Service) Expire(ctx context.Context) (int, error) {
	return untilShort(func() (int, error) {
		now := s.now()
		n, err := s.Upkeep.ExpireTodos(ctx, now, upkeepBatch, func(t Todo) (Event, error) { return s.newEvent(EventExpired, t, now) })
		if err != nil {
			return n, fmt.Errorf("expiring todos: %w", err)
		}
		return n, nil
	})
}

// AnnouncePortraits announces to registries the deletion of portraits that they
// have never fetched, and returns how many. A portrait is deleted PortraitNotice
// after its announcement, even if the announcement came late. So a portrait that
// was never fetched is not deleted unannounced.
func (s *Service) AnnouncePortraits(ctx context.Context) (int, error) {
	return untilShort(func() (int, error) {
		now := s.now()
		n, err := s.Upkeep.AnnouncePortraits(ctx, PortraitEnd{
			AnsweredBy: now.Add(PortraitNotice - s.PortraitLife), DeleteAfter: now.Add(PortraitNotice), Now: now, Limit: upkeepBatch,
		})
		if err != nil {
			return n, fmt.Errorf("announcing the deletion of portraits: %w", err)
		}
		return n, nil
	})
}

// Sequence returns feed positions to committed events that have none and returns
// how many. The caller holds the lease of sequencing (R24).
func (s *Service) Sequence(ctx context.Context) (int, error) {
	return untilShort(func() (int, error) {
		n, err := s.Events.Sequence(ctx, s.now(), upkeepBatch)
		if err != nil {
			return n, fmt.Errorf("sequencing events: %w", err)
		}
		return n, nil
	})
}

// untilShort repeats a batch until one is not full.
func untilShort(batch func() (int, error)) (int, error) {
	total := 0
	for {
		n, err := batch()
		total += n
		if err != nil || n < upkeepBatch {
			return total, err
		}
	}
}
