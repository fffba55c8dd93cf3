package storetest_test

import (
	"sync"
	"testing"
	"time"

	"renzheng/session"
)

func TestOwnerCheck_IsTakenOnceByItsSession(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, other, until := f.login(t, "u"), f.login(t, "another"), f.now.Add(session.OwnerCheckLife)
		begin := func(id string) {
			t.Helper()
			if err := f.store.BeginOwnerCheck(t.Context(), ses.ID, id, until, f.now); err != nil {
				t.Fatal(err)
			}
		}
		begin("own_1")
		begin("own_2")
		for _, take := range []struct {
			of session.Session
			id string
		}{{ses, "own_1"}, {ses, ""}, {other, "own_2"}, {other, ""}} {
			wantError(t, f.replica.TakeOwnerCheck(t.Context(), take.of, take.id, f.now), session.ErrNotFound)
		}
		wantError(t, f.store.TakeOwnerCheck(t.Context(), ses, "own_2", until), session.ErrNotFound)

		var all sync.WaitGroup
		taken := make(chan error, 8)
		for range cap(taken) {
			all.Go(func() { taken <- f.store.TakeOwnerCheck(t.Context(), ses, "own_2", f.now) })
		}
		all.Wait()
		close(taken)
		won := 0
		for err := range taken {
			if err == nil {
				won++
			}
		}
		if won != 1 {
			t.Errorf("%d of 8 at once took one check", won)
		}
	})
}

func TestOwnerCheck_EndsWithTheSessionAndTheTriesOfADay(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, until := f.login(t, "u"), f.now.Add(session.OwnerCheckLife)
		for range session.OwnerChecksPerDay {
			if err := f.store.BeginOwnerCheck(t.Context(), ses.ID, "own_1", until, f.now); err != nil {
				t.Fatal(err)
			}
			if err := f.replica.TakeOwnerCheck(t.Context(), ses, "own_1", f.now); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.store.BeginOwnerCheck(t.Context(), ses.ID, "own_1", until, f.now); err != nil {
			t.Fatal(err)
		}
		for range 2 { // uses nothing up
			wantError(t, f.store.TakeOwnerCheck(t.Context(), ses, "own_1", f.now), session.ErrTooMany)
		}
		f.now = f.now.Add(24 * time.Hour)
		again := f.login(t, "u")
		if err := f.store.BeginOwnerCheck(t.Context(), again.ID, "own_1", f.now.Add(session.OwnerCheckLife), f.now); err != nil {
			t.Fatal(err)
		}
		if err := f.store.CloseSession(t.Context(), again.ID, f.now); err != nil {
			t.Fatal(err)
		}
		wantError(t, f.store.TakeOwnerCheck(t.Context(), again, "own_1", f.now), session.ErrNotFound)
		wantError(t, f.store.BeginOwnerCheck(t.Context(), again.ID, "own_2", f.now, f.now), session.ErrNotFound)
	})
}
