package storetest_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"renzheng/appointment"
	"renzheng/identity"
	"renzheng/sql/store"
)

func walkIn(accountID string, now time.Time) appointment.Number {
	return appointment.Number{
		ID: id("que_"), Office: "320500", Day: identity.DateAt(now), Line: appointment.WalkIns, AccountID: accountID, State: appointment.Waiting, TakenAt: now,
	}
}

// callAt is a call by a member at a desk who call nobody else.
func callAt(now time.Time) appointment.Call {
	return appointment.Call{ID: id("cal_"), Office: "320500", Desk: id("")[:4], Member: id("stf_"), Now: now.Truncate(time.Millisecond)}
}

// arrived books a slot and checks it in.
func (f *fixture) arrived(t *testing.T, user string, slot appointment.Slot) appointment.Number {
	t.Helper()
	a := booking(f.login(t, user).Account.ID, slot, f.now)
	if err := f.store.Book(t.Context(), a, termsAt(f.now, 50)); err != nil {
		t.Fatal(err)
	}
	n, err := f.store.CheckIn(t.Context(), appointment.Arrival{NumberID: id("que_"), Office: "320500", Code: a.Code, Now: f.now})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestQueue_HasNumbersWithoutAGap(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		const people = 12
		var racing sync.WaitGroup
		var mu sync.Mutex
		numbers := map[int]bool{}
		for i := range people {
			s := []*store.Store{f.store, f.replica}[i%2]
			racing.Go(func() {
				n, created, err := s.TakeNumber(t.Context(), walkIn("", f.now), 0)
				if err != nil || !created {
					t.Errorf("got %t, %v", created, err)
				}
				mu.Lock()
				defer mu.Unlock()
				numbers[n.N] = true
			})
		}
		racing.Wait()
		for i := range people {
			if !numbers[i+1] {
				t.Errorf("got %v, want 1 to %d", slices.Sorted(maps.Keys(numbers)), people)
			}
		}
		if n := f.arrived(t, "u", slotIn(f.now, 10*time.Minute)); n.Label() != "A001" {
			t.Errorf("got %s, want A001", n.Label())
		}
		tomorrow := walkIn("", f.now.Add(24*time.Hour))
		if n, _, err := f.store.TakeNumber(t.Context(), tomorrow, 0); err != nil || n.Label() != "B001" {
			t.Errorf("got %s, %v, want B001", n.Label(), err)
		}
	})
}

func TestQueue_CallsNobodyTwice(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		const people = 6
		for range people {
			if _, _, err := f.store.TakeNumber(t.Context(), walkIn("", f.now), 0); err != nil {
				t.Fatal(err)
			}
		}
		var racing sync.WaitGroup
		var mu sync.Mutex
		called := map[string]int{}
		for i := range people + 2 {
			s := []*store.Store{f.store, f.replica}[i%2]
			racing.Go(func() {
				c := callAt(f.now)
				for range 2 { // a double click
					n, err := s.CallNext(t.Context(), c)
					mu.Lock()
					if err == nil {
						called[n.Label()]++
					} else if !errors.Is(err, appointment.ErrNobody) {
						t.Error(err)
					}
					mu.Unlock()
				}
			})
		}
		racing.Wait()
		if len(called) != people {
			t.Errorf("called %v, want all", called)
		}
		for label, times := range called {
			if times != 2 {
				t.Errorf("%s was called to %d clicks, want the two of one clerk", label, times)
			}
		}
	})
}

func TestQueue_CallsAppointmentsInTheirSlotFirst(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		early := f.arrived(t, "early", slotIn(f.now, 3*time.Hour))
		first, _, err := f.store.TakeNumber(t.Context(), walkIn("", f.now), 0)
		if err != nil {
			t.Fatal(err)
		}
		due := f.arrived(t, "due", slotIn(f.now, time.Minute))
		now := f.now.Add(2 * time.Minute)
		before, err := f.replica.Before(t.Context(), early, now)
		if err != nil || before != 2 {
			t.Errorf("got %d, %v before the early one, want 2", before, err)
		}
		var order []string
		for range 3 {
			var n appointment.Number
			n, err = f.store.CallNext(t.Context(), callAt(now))
			if err != nil {
				t.Fatal(err)
			}
			order = append(order, n.Label())
		}
		if want := []string{due.Label(), first.Label(), early.Label()}; !slices.Equal(order, want) {
			t.Errorf("called %v, want %v", order, want)
		}
		_, err = f.store.CallNext(t.Context(), callAt(now))
		wantError(t, err, appointment.ErrNobody)
	})
}

func TestQueue_CountsAnAbsentPersonAsMissed(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		n := f.arrived(t, "u", slotIn(f.now, time.Minute))
		f.now = f.now.Add(time.Minute)
		_, err := f.store.EndNumber(t.Context(), ending(n, appointment.Served, f.now))
		wantError(t, err, appointment.ErrState)
		if n, err = f.store.CallNext(t.Context(), callAt(f.now)); err != nil {
			t.Fatal(err)
		}
		elsewhere := ending(n, appointment.Absent, f.now)
		elsewhere.Office = "320501"
		_, err = f.store.EndNumber(t.Context(), elsewhere)
		wantError(t, err, appointment.ErrNotFound)
		for range 2 {
			f.ends(t, n, appointment.Absent)
		}
		missed := func() int {
			found, failed := f.store.MissedOf(t.Context(), n.AccountID, f.now)
			if failed != nil {
				t.Fatal(failed)
			}
			return len(found.Appointments)
		}
		if missed() != 1 {
			t.Errorf("%d missed, want 1", missed())
		}
		// The person is back and shows the code again.
		back, err := f.replica.CheckIn(t.Context(), appointment.Arrival{NumberID: id("que_"), Office: "320500", Code: f.codeOf(t, n), Now: f.now})
		if err != nil || back.ID != n.ID || back.State != appointment.Absent {
			t.Errorf("got %+v, %v, want the number that was called", back, err)
		}
		again := callAt(f.now)
		for range 2 {
			if got, err := f.store.CallAgain(t.Context(), n.ID, again); err != nil || got.State != appointment.Called {
				t.Errorf("got %+v, %v", got, err)
			}
		}
		if missed() != 0 {
			t.Errorf("%d missed after the person came, want none", missed())
		}
	})
}

func TestQueue_GivesAnAccountOneOpenNumber(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		account := f.login(t, "u").Account.ID
		take := func() (appointment.Number, bool, error) {
			return f.store.TakeNumber(t.Context(), walkIn(account, f.now), appointment.MaxNumbers)
		}
		ids := map[string]bool{}
		for i := range appointment.MaxNumbers {
			first, created, err := take()
			if err != nil || !created {
				t.Fatalf("got %t, %v", created, err)
			}
			again, created, err := take()
			if err != nil || created || again.ID != first.ID {
				t.Errorf("got %s, %t, %v, want the open one", again.ID, created, err)
			}
			ids[first.ID] = true
			called, err := f.store.CallNext(t.Context(), callAt(f.now))
			if err != nil {
				t.Fatal(i, err)
			}
			f.ends(t, called, appointment.Served)
		}
		_, _, err := take()
		if _, ok := errors.AsType[*appointment.LaterError](err); !ok || len(ids) != appointment.MaxNumbers {
			t.Errorf("got %d numbers and %v, want %d and a limit", len(ids), err, appointment.MaxNumbers)
		}
		got, err := f.store.NumbersOf(t.Context(), account, identity.DateAt(f.now))
		if err != nil || len(got) != len(ids) {
			t.Errorf("got %d, %v, want %d", len(got), err, len(ids))
		}
		_, err = f.store.NumberOf(t.Context(), f.login(t, "v").Account.ID, slices.Sorted(maps.Keys(ids))[0])
		wantError(t, err, appointment.ErrNotFound)
	})
}

// A number taken with a phone may belong to somebody who is not there, so the office bounds how many of them wait. A clerk may always
// give a number.
func TestQueue_BoundsTheNumbersTakenWithPhones(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		const racing = 6
		for i := range appointment.MaxFromPhones - 1 {
			if _, _, err := f.store.TakeNumber(t.Context(), walkIn(f.login(t, fmt.Sprintf("u%d", i)).Account.ID, f.now), 3); err != nil {
				t.Fatal(err)
			}
		}
		var calls sync.WaitGroup
		var taken atomic.Int32
		for i := range racing {
			s, n := []*store.Store{f.store, f.replica}[i%2], walkIn(f.login(t, fmt.Sprintf("r%d", i)).Account.ID, f.now)
			calls.Go(func() {
				switch _, _, err := s.TakeNumber(t.Context(), n, 3); {
				case err == nil:
					taken.Add(1)
				case !errors.Is(err, appointment.ErrCrowded):
					t.Error(err)
				}
			})
		}
		calls.Wait()
		if taken.Load() != 1 {
			t.Errorf("%d calls at once took the last place", taken.Load())
		}
		late := walkIn(f.login(t, "late").Account.ID, f.now)
		_, _, err := f.replica.TakeNumber(t.Context(), late, 1)
		wantError(t, err, appointment.ErrCrowded)
		if _, _, err = f.store.TakeNumber(t.Context(), walkIn("", f.now), 0); err != nil {
			t.Errorf("from a clerk: %v", err)
		}
		if _, err = f.store.CallNext(t.Context(), callAt(f.now)); err != nil {
			t.Fatal(err)
		}
		if _, _, err = f.replica.TakeNumber(t.Context(), late, 1); err != nil { // the refusal cost no try
			t.Errorf("once there is room: %v", err)
		}
	})
}
