package support

import (
	"context"
	"fmt"
)

// purgeBatch bounds one transaction of Purge.
const purgeBatch = 500

// Purge deletes what is over, one batch, and returns how many rows went: it is
// called again soon where there were some.
func (s *Service) Purge(ctx context.Context) (int, error) {
	n, err := s.deps.Tickets.PurgeSupport(ctx, s.now(), purgeBatch)
	if err != nil {
		return n, fmt.Errorf("purging support: %w", err)
	}
	return n, nil
}
