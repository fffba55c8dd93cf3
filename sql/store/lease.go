package store

import (
	"context"
	"fmt"
	"time"
)

// leasesTable is made before the migrations, because they run under a lease. The text serves both dialects.
const leasesTable = `CREATE TABLE IF NOT EXISTS leases (
  name   VARCHAR(64) NOT NULL PRIMARY KEY,
  holder VARCHAR(64) NOT NULL,
  until  BIGINT      NOT NULL
)`

// Lease takes or keeps the lease of that name for a holder until a time, and reports whether it has it. It is taken when
// it is free, has ended by now, or is the holder's own.
//
// Name and holder are up to 64 ASCII characters; a holder is one running process, not a machine.
func (s *Store) Lease(ctx context.Context, name, holder string, now, until time.Time) (bool, error) {
	for range 2 {
		matched, err := s.exec(ctx, "UPDATE leases SET holder = ?, until = ? WHERE name = ? AND (until <= ? OR holder = ?)",
			holder, ms(until), name, ms(now), holder)
		if err != nil {
			return false, fmt.Errorf("taking lease %s: %w", name, err)
		}
		if matched == 1 {
			return true, nil
		}
		_, err = s.exec(ctx, "INSERT INTO leases (name, holder, until) VALUES (?, '', 0)", name)
		if isDuplicate(err) {
			return false, nil
		}
		if err != nil {
			return false, fmt.Errorf("making lease %s: %w", name, err)
		}
	}
	return false, nil
}

// Release returns a lease back. It is no error when the holder no longer has it.
func (s *Store) Release(ctx context.Context, name, holder string) error {
	if _, err := s.exec(ctx, "UPDATE leases SET holder = '', until = 0 WHERE name = ? AND holder = ?", name, holder); err != nil {
		return fmt.Errorf("releasing lease %s: %w", name, err)
	}
	return nil
}
