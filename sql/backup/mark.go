package backup

import (
	"context"
	"database/sql"
	"fmt"
)

// mark is what a database says of itself: see store.Epoch.
type mark struct {
	epoch, beganAt, schema int64
	state, database        string
}

// readMark returns the mark of a database that is in service.
//
// Errors: [ErrNotLive].
func readMark(ctx context.Context, db *sql.DB) (mark, error) {
	m, err := anyMark(ctx, db)
	if err == nil && m.state != "live" {
		err = ErrNotLive
	}
	return m, err
}

func anyMark(ctx context.Context, db *sql.DB) (mark, error) {
	var m mark
	err := db.QueryRowContext(ctx, `SELECT epoch, began_at, state, database_id, (SELECT MAX(version_id) FROM goose_db_version WHERE is_applied = 1)
		FROM database_epoch WHERE id = 1`).Scan(&m.epoch, &m.beganAt, &m.state, &m.database, &m.schema)
	if err != nil {
		return m, fmt.Errorf("reading the epoch of the database (bff migrate brings an older one up to date): %w", err)
	}
	return m, nil
}

// replaceable returns ErrOccupied unless the database is a copy, or a part of one.
func replaceable(ctx context.Context, db *sql.DB) error {
	var state string
	err := db.QueryRowContext(ctx, "SELECT state FROM database_epoch WHERE id = 1").Scan(&state)
	if err != nil {
		return fmt.Errorf("%w: it has tables and no mark of a copy: %w", ErrOccupied, err)
	}
	if state == "live" {
		return fmt.Errorf("%w: move it away, or name another one in BFF_DATABASE", ErrOccupied)
	}
	return nil
}
