package storetest_test

import (
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"renzheng/sql/store"
	"renzheng/sql/storetest"
)

func TestOpen_RefusesUnsafeSources(t *testing.T) {
	t.Parallel()
	for _, dsn := range []string{
		"", "sqlite:", "sqlite::memory:", "postgres://x", "mysql:", "mysql:root@unix(/s)/", "mysql:root:se=cret@unix",
		"mysql:root@unix(/s)/app?multiStatements=true", "mysql:root@unix(/s)/app?allowAllFiles=true",
	} {
		_, err := store.Open(t.Context(), store.Config{
			DSN: dsn, Ring: storetest.NewRing(t), Clock: storetest.Now, Rand: rand.Reader,
		})
		if !errors.Is(err, store.ErrDSN) {
			t.Errorf("%q: got %v, want %v", dsn, err, store.ErrDSN)
		}
	}
}

func TestOpen_FileIsPrivateWhateverItsName(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "50% of a?#&name.db")
	s := storetest.OpenOn(t, "sqlite:"+path, storetest.NewRing(t))
	if err := s.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{path, path + "-wal"} {
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != 0o600 {
			t.Errorf("got mode %o of %s, want 600", got, filepath.Base(file))
		}
	}
}

func TestLease_HasOneHolder(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		until := f.now.Add(time.Minute)
		var racing sync.WaitGroup
		var holders atomic.Int32
		for i := range 8 {
			s := []*store.Store{f.store, f.replica}[i%2]
			racing.Go(func() {
				got, err := s.Lease(t.Context(), "work", string(rune('a'+i)), f.now, until)
				if err != nil {
					t.Error(err)
				}
				if got {
					holders.Add(1)
				}
			})
		}
		racing.Wait()
		if holders.Load() != 1 {
			t.Fatalf("got %d holders, want 1", holders.Load())
		}
		lease := func(holder string, now time.Time, want bool) {
			t.Helper()
			if got, err := f.store.Lease(t.Context(), "other", holder, now, now.Add(time.Minute)); got != want || err != nil {
				t.Errorf("got %v, %v, want %v", got, err, want)
			}
		}
		lease("a", f.now, true)
		lease("b", f.now, false)
		lease("a", f.now, true) // renewed
		lease("b", f.now.Add(time.Minute), true)
		if err := f.store.Release(t.Context(), "other", "a"); err != nil { // no longer a's
			t.Fatal(err)
		}
		lease("a", f.now.Add(time.Minute), false)
		if err := f.store.Release(t.Context(), "other", "b"); err != nil {
			t.Fatal(err)
		}
		lease("a", f.now, true)
	})
}

func TestNonce_IsUsedOncePerKeyWhileItMatters(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		var racing sync.WaitGroup
		var used atomic.Int32
		for i := range 6 {
			s := []*store.Store{f.store, f.replica}[i%2]
			racing.Go(func() {
				err := s.UseNonce(t.Context(), "key", "nonce", f.now.Add(time.Minute), f.now)
				if err == nil {
					used.Add(1)
				} else if !errors.Is(err, store.ErrReplay) {
					t.Error(err)
				}
			})
		}
		racing.Wait()
		if used.Load() != 1 {
			t.Errorf("used %d times, want once", used.Load())
		}
		if err := f.store.UseNonce(t.Context(), "other key", "nonce", f.now.Add(time.Minute), f.now); err != nil {
			t.Error(err)
		}
		later := f.now.Add(time.Minute)
		if err := f.store.UseNonce(t.Context(), "key", "nonce", later.Add(time.Minute), later); err != nil {
			t.Error(err)
		}
		wantError(t, f.store.UseNonce(t.Context(), "key", "nonce", later.Add(time.Minute), later), store.ErrReplay)
	})
}
