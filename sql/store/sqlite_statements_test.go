package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"modernc.org/sqlite"

	"renzheng/sql/store"
)

// Beyond the limit, statements are run without being cached.
func TestCachingConn_CachesALimitedNumberOfStatements(t *testing.T) {
	t.Parallel()
	connector, err := sqlite.NewConnector("file:" + filepath.Join(t.TempDir(), "cached.db"))
	if err != nil {
		t.Fatal(err)
	}
	conn, err := store.ConnectCaching(t.Context(), connector)
	if err != nil {
		t.Fatal(err)
	}
	exec := func(ctx context.Context, query string) error {
		_, execErr := conn.ExecContext(ctx, query, nil)
		return execErr
	}
	if err = exec(t.Context(), "CREATE TABLE t (n INTEGER)"); err != nil {
		t.Fatal(err)
	}
	for n := range store.MaxCachedStatements + 10 {
		for range 2 {
			if err = exec(t.Context(), fmt.Sprintf("INSERT INTO t VALUES (%d)", n)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if conn.Cached() != store.MaxCachedStatements {
		t.Errorf("got %d cached statements, want %d", conn.Cached(), store.MaxCachedStatements)
	}
	if err = exec(t.Context(), "INSERT INTO missing VALUES (1)"); err == nil {
		t.Error("a statement for a table that does not exist succeeded")
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err = exec(ended, "INSERT INTO t VALUES (0)"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v after the context ended, want its error", err)
	}
	if err = conn.Close(); err != nil {
		t.Error(err)
	}
}

// A cached statement outlives everything that can go wrong with it: it leaves nothing behind for its next use.
func TestCachingConn_StatementsSurviveFailures(t *testing.T) {
	t.Parallel()
	connector, err := sqlite.NewConnector("file:" + filepath.Join(t.TempDir(), "cached.db") + "?_pragma=journal_mode(WAL)&_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	db, other := sql.OpenDB(store.CachingConnector(connector)), sql.OpenDB(connector)
	db.SetMaxOpenConns(1)
	t.Cleanup(func() {
		if closeErr := errors.Join(db.Close(), other.Close()); closeErr != nil {
			t.Error(closeErr)
		}
	})
	exec := func(on interface {
		ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	}, works bool, query string, args ...any,
	) {
		t.Helper()
		if _, execErr := on.ExecContext(t.Context(), query, args...); (execErr == nil) != works {
			t.Errorf("%s %v: got %v, want it to work %t", query, args, execErr, works)
		}
	}
	const insert = "INSERT INTO t (n, s) VALUES (?, ?)"
	exec(db, true, "CREATE TABLE t (n INTEGER PRIMARY KEY, s TEXT)")
	exec(db, true, insert, 1, "text")
	exec(db, false, insert, 2) // a missing argument is not the one of the call before
	for range 2 {
		tx, beginErr := db.BeginTx(t.Context(), nil)
		if beginErr != nil {
			t.Fatal(beginErr)
		}
		exec(tx, true, insert, 2, "rolled back")
		exec(tx, false, insert, 1, "a duplicate")
		if err = tx.Rollback(); err != nil {
			t.Fatal(err)
		}
	}
	exec(db, true, insert, 2, nil)
	exec(other, true, "ALTER TABLE t ADD COLUMN added INTEGER NOT NULL DEFAULT 0")
	exec(db, true, insert, 3, "after a change of the schema")
	exec(other, true, "ALTER TABLE t RENAME TO hidden")
	exec(db, false, insert, 4, "without the table")
	exec(other, true, "ALTER TABLE hidden RENAME TO t")
	locked, err := other.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	exec(db, false, insert, 4, "while another connection writes")
	if err = locked.Rollback(); err != nil {
		t.Fatal(err)
	}
	exec(db, true, insert, 4, "at last")
	var rows, texts int
	if err = db.QueryRowContext(t.Context(), "SELECT COUNT(*), COUNT(s) FROM t").Scan(&rows, &texts); err != nil || rows != 4 || texts != 3 {
		t.Errorf("got %d rows and %d texts (%v), want 4 and 3", rows, texts, err)
	}
}
