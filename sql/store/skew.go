package store

import (
	"context"
	"fmt"
	"time"
)

// Skew returns how far the database's clock is ahead of this machine's, negative if it is behind; 0 for SQLite, which has none.
// What the time of the answer leaves open counts as agreement, so that a slow database does not seem to have a wrong clock.
//
// It is about machines: the clock of the rules, which a sandbox may move, has no part in it.
func (s *Store) Skew(ctx context.Context) (time.Duration, error) {
	if s.dialect != mysqlDialect {
		return 0, nil
	}
	ctx, cancel := context.WithTimeout(ctx, usableTime)
	defer cancel()
	var micros int64
	before := time.Now() //nolint:forbidigo // see above
	err := s.read.GetContext(ctx, &micros, "SELECT CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED)")
	if err != nil {
		return 0, fmt.Errorf("reading the database's clock: %w", err)
	}
	return skewAt(time.UnixMicro(micros), before, time.Since(before)), nil
}

// skewAt returns the least skew of a clock that was read at some moment between before and before + took.
func skewAt(there, before time.Time, took time.Duration) time.Duration {
	ahead := there.Sub(before)
	switch {
	case ahead < 0:
		return ahead
	case ahead > took:
		return ahead - took
	}
	return 0
}
