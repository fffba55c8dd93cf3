package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"modernc.org/sqlite"

	"renzheng/sql/store"
)

// The connection that writes keeps a bounded number of statements, and runs the others all the same.
func TestWritingConn_KeepsABoundedNumberOfStatements(t *testing.T) {
	t.Parallel()
	connector, err := sqlite.NewConnector("file:" + filepath.Join(t.TempDir(), "kept.db"))
	if err != nil {
		t.Fatal(err)
	}
	conn, err := store.ConnectKeeping(t.Context(), connector)
	if err != nil {
		t.Fatal(err)
	}
	exec := func(ctx context.Context, query string) error {
		_, failed := conn.ExecContext(ctx, query, nil)
		return failed
	}
	if err = exec(t.Context(), "CREATE TABLE t (n INTEGER)"); err != nil {
		t.Fatal(err)
	}
	for n := range store.KeptMost + 10 {
		for range 2 {
			if err = exec(t.Context(), fmt.Sprintf("INSERT INTO t VALUES (%d)", n)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if conn.Kept() != store.KeptMost {
		t.Errorf("got %d kept statements, want %d", conn.Kept(), store.KeptMost)
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
