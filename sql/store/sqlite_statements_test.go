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
