package storetest_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"renzheng/sql/storetest"
)

// A wait for another process's lock on SQLite ends with the caller's deadline, and otherwise with the lock.
func TestSQLite_WaitsForALockAsLongAsItsCaller(t *testing.T) {
	t.Parallel()
	dsn := storetest.Engines(t)[0].New(t)
	f := &fixture{t: t, store: storetest.OpenOn(t, dsn, storetest.NewRing(t)), dsn: dsn, now: storetest.Now()}
	other, err := f.raw(t).Connx(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err = other.ExecContext(t.Context(), "BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	begun := time.Now()
	err = f.store.CloseSession(ctx, "ses_none", f.now)
	if took := time.Since(begun); !errors.Is(err, context.DeadlineExceeded) || took > 4*time.Second {
		t.Errorf("got %v after %s, want the caller's deadline", err, took)
	}
	waited := make(chan error, 1)
	go func() { waited <- f.store.CloseSession(t.Context(), "ses_none", f.now) }()
	if _, err = other.ExecContext(t.Context(), "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	if err = <-waited; err != nil {
		t.Errorf("got %v after the lock was gone", err)
	}
}
