package cluster

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"
)

// measure tells what a read costs that waits for what other nodes have
// committed, while persons sign.
func (t *test) measure(ctx context.Context) error {
	if err := t.goesOn(ctx); err != nil {
		return err
	}
	db, err := t.nodes.open(ctx, nodeCount)
	if err != nil {
		return err
	}
	waiting, err := medianRead(ctx, db)
	if err == nil {
		_, err = db.ExecContext(ctx, "SET SESSION wsrep_sync_wait = 0")
	}
	var blind time.Duration
	if err == nil {
		blind, err = medianRead(ctx, db)
	}
	if err = errors.Join(err, db.Close()); err != nil {
		return fmt.Errorf("measuring reads: %w", err)
	}
	return t.tell("a read that waits for the cluster takes %d µs, one that does not %d µs (medians, on node %d, under load)",
		waiting.Microseconds(), blind.Microseconds(), nodeCount)
}

// medianRead reads one row many times.
func medianRead(ctx context.Context, db *sql.DB) (time.Duration, error) {
	const reads = 401
	times := make([]time.Duration, reads)
	for i := range times {
		begun := time.Now()
		var n int
		if err := db.QueryRowContext(ctx, "SELECT COUNT(*) FROM leases WHERE name = 'sequence'").Scan(&n); err != nil {
			return 0, err
		}
		times[i] = time.Since(begun)
	}
	slices.Sort(times)
	return times[reads/2], nil
}
