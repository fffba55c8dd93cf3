package crash

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"renzheng/cmd/loadtest/scratch"
)

// judge checks everything and counts. The server still runs for what the
// registry fetches, and is stopped before the database is asked.
func (t *test) judge(ctx context.Context, database string, result Result) (Result, error) {
	verdict, err := t.crowd.Judge(ctx)
	if err != nil {
		return result, err
	}
	if err = t.server.Stop(); err != nil {
		return result, fmt.Errorf("stopping the server: %w", err)
	}
	db, err := scratch.Open(database)
	if err != nil {
		return result, err
	}
	err = verdict.Ask(ctx, "the database", db)
	if t.options.Engine == scratch.SQLite {
		verdict.Problems = append(verdict.Problems, problemsInFile(ctx, db)...)
	}
	if err = errors.Join(err, db.Close()); err != nil {
		return result, err
	}
	result.Verdict = verdict
	if err = t.crowd.Report(verdict); err != nil {
		return result, err
	}
	if verdict.Broken() || result.Kills < t.options.Kills {
		return result, ErrBroken
	}
	return result, nil
}

// problemsInFile checks the file of an embedded database.
func problemsInFile(ctx context.Context, db *sql.DB) []string {
	var said string
	if err := db.QueryRowContext(ctx, "PRAGMA integrity_check").Scan(&said); err != nil || said != "ok" {
		return []string{fmt.Sprintf("DATABASE integrity check: %s (%v)", said, err)}
	}
	return nil
}
