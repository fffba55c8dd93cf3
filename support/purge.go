package support

import (
	"context"
	"fmt"
)

// purgeBatch bounds one transaction of Purge.
const purgeBatch = 500

// Purge deletes one batch of expired rows and returns their number. If that is not
// zero, there may be more.
func (s *Service) Purge(ctx context.Context) (int, error) {
	n, err := s.deps.Tickets.PurgeSupport(ctx, s.now(), purgeBatch)
	if err != nil {
		return n, fmt.Errorf("purging support: %w", err)
	}
	return n, nil
}
