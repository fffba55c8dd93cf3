package crowd

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
)

// taken is one try as recorded in an attempt.
type taken struct {
	Scope  string `json:"scope"`
	EndsAt int64  `json:"ends_at"`
	Keep   bool   `json:"keep"`
	Sent   bool   `json:"sent"`
}

// window identifies a budget and one of its windows.
type window struct {
	scope  string
	endsAt int64
}

// wrongTries returns the budgets that differ from their attempts, because a try was
// charged twice or not at all. The third parties of a crowd always answer, so that
// every attempt that began was also sent.
func wrongTries(ctx context.Context, db *sql.DB) (map[string]string, error) {
	due, err := triesDue(ctx, db)
	if err != nil {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, "SELECT scope, used, ends_at FROM budgets")
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	wrong := map[string]string{}
	for rows.Next() {
		var w window
		var used int
		if err := rows.Scan(&w.scope, &used, &w.endsAt); err != nil {
			return nil, err
		}
		if want, ofAttempts := due[w]; ofAttempts && used != want {
			wrong[w.scope] = fmt.Sprintf("%d tries are charged, its attempts are %d", used, want)
		}
	}
	return wrong, rows.Err()
}

// triesDue returns the tries that the attempts have used.
func triesDue(ctx context.Context, db *sql.DB) (map[window]int, error) {
	rows, err := db.QueryContext(ctx, "SELECT budgets, counted = 1 OR undecided = 1 FROM attempts")
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	due := map[window]int{}
	for rows.Next() {
		var budgets []byte
		var counts bool
		if err := rows.Scan(&budgets, &counts); err != nil {
			return nil, err
		}
		var all []taken
		if err := json.Unmarshal(budgets, &all); err != nil {
			return nil, fmt.Errorf("reading the budgets of an attempt: %w", err)
		}
		for _, t := range all {
			charged := 0
			if counts || t.Keep || t.Sent {
				charged = 1
			}
			due[window{t.Scope, t.EndsAt}] += charged
		}
	}
	return due, rows.Err()
}
