package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/jmoiron/sqlx"

	"renzheng/keyring"
)

// checkRow is a row of key_checks.
type checkRow struct {
	Kind      string `db:"kind"`
	ID        string `db:"id"`
	Value     []byte `db:"value"`
	RetiredAt int64  `db:"retired_at"`
}

// CompareKeys compares the keys of a ring, which may not be this replica's yet, with those that the database knows, and
// changes nothing.
//
// Errors: [keyring.ErrOtherKeys].
func (s *Store) CompareKeys(ctx context.Context, ring *keyring.Keyring) error {
	_, err := compareKeys(ctx, s.read, ring.Checks())
	return err
}

// compareKeys also returns what the database knows.
func compareKeys(ctx context.Context, q querier, mine []keyring.Check) ([]checkRow, error) {
	var rows []checkRow
	if err := q.SelectContext(ctx, &rows, "SELECT kind, id, value, retired_at FROM key_checks"); err != nil {
		return nil, fmt.Errorf("reading key checks: %w", err)
	}
	return rows, keyring.CompareChecks(mine, relevant(rows, mine))
}

// RegisterKeys compares this replica's keys with those that the database knows, and makes new ones known. A replica
// that gets an error must not serve (R28).
//
// Errors: [keyring.ErrOtherKeys].
func (s *Store) RegisterKeys(ctx context.Context) error {
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		mine := s.ring.Checks()
		rows, err := compareKeys(ctx, tx, mine)
		if err != nil {
			return err
		}
		for _, check := range mine {
			if slices.ContainsFunc(rows, func(row checkRow) bool { return row.names(check) }) {
				continue
			}
			_, err := tx.ExecContext(ctx, "INSERT INTO key_checks (kind, id, value, retired_at) VALUES (?, ?, ?, 0)",
				check.Kind, check.ID, check.Value)
			if err != nil {
				return raced(err)
			}
		}
		return reviveNewest(ctx, tx, mine)
	})
}

// reviveNewest takes back the retirement of keys that write: one that waited to be promoted looked unused before.
func reviveNewest(ctx context.Context, tx *sqlx.Tx, mine []keyring.Check) error {
	for kind, id := range newestOf(mine) {
		_, err := tx.ExecContext(ctx, "UPDATE key_checks SET retired_at = 0 WHERE kind = ? AND id = ? AND retired_at > 0", kind, id)
		if err != nil {
			return fmt.Errorf("reviving a key check: %w", err)
		}
	}
	return nil
}

// newestOf returns the id of the newest key of each kind.
func newestOf(checks []keyring.Check) map[string]string {
	newest := map[string]string{}
	for _, check := range slices.Backward(checks) {
		newest[check.Kind] = check.ID
	}
	return newest
}

// relevant leaves out the retired keys that this replica no longer has; it may have them, but none of another value.
func relevant(rows []checkRow, mine []keyring.Check) []keyring.Check {
	var stored []keyring.Check
	for _, row := range rows {
		if row.RetiredAt == 0 || slices.ContainsFunc(mine, row.names) {
			stored = append(stored, keyring.Check{Kind: row.Kind, ID: row.ID, Value: row.Value})
		}
	}
	return stored
}

// names reports whether the row is about that key.
func (r checkRow) names(check keyring.Check) bool { return r.Kind == check.Kind && r.ID == check.ID }
