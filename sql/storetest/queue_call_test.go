package storetest_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"renzheng/appointment"
	"renzheng/sql/store"
)

// ending ends the call of a number whose absent person has missed their appointment.
func ending(n appointment.Number, to appointment.QueueState, now time.Time) appointment.Ending {
	return appointment.Ending{Office: n.Office, NumberID: n.ID, CallID: n.CallID, To: to, Missed: true, Now: now.Truncate(time.Millisecond)}
}

// calledNext takes a number for somebody and calls it.
func (f *fixture) calledNext(t *testing.T, c appointment.Call) appointment.Number {
	t.Helper()
	if _, _, err := f.store.TakeNumber(t.Context(), walkIn("", f.now), 0); err != nil {
		t.Fatal(err)
	}
	n, err := f.store.CallNext(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func (f *fixture) ends(t *testing.T, n appointment.Number, to appointment.QueueState) {
	t.Helper()
	if _, err := f.store.EndNumber(t.Context(), ending(n, to, f.now)); err != nil {
		t.Fatal(err)
	}
}

// A form that is sent again finds what it called, also after that was called again by another form: nobody else is called or ended.
func TestQueue_AnOldFormChangesNothing(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		first := callAt(f.now)
		n := f.calledNext(t, first)
		f.ends(t, n, appointment.Absent)
		second := callAt(f.now)
		again, err := f.replica.CallAgain(t.Context(), n.ID, second)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err = f.store.TakeNumber(t.Context(), walkIn("", f.now), 0); err != nil {
			t.Fatal(err)
		}
		same := func(got appointment.Number, err error) {
			t.Helper()
			if err != nil || got != again {
				t.Errorf("got %+v, %v, want %+v", got, err, again)
			}
		}
		same(f.replica.CallNext(t.Context(), first))
		same(f.store.CallAgain(t.Context(), n.ID, second))
		_, err = f.store.EndNumber(t.Context(), ending(n, appointment.Absent, f.now)) // of the first call
		wantError(t, err, appointment.ErrState)
		same(f.store.Number(t.Context(), n.Office, n.ID))
		f.ends(t, again, appointment.Served)
		if got, err := f.store.CallNext(t.Context(), first); err != nil || got.ID != n.ID || got.State != appointment.Served {
			t.Errorf("got %+v, %v, want the number that was served", got, err)
		}
		if waiting := f.count(t, "SELECT COUNT(*) FROM queue_numbers WHERE state = 'waiting'"); waiting != 1 {
			t.Errorf("%d wait, want one", waiting)
		}
	})
}

// A member has at most one open call, and so has a desk, also for a number that is called again.
func TestQueue_HasOneOpenCallForADeskAndForAMember(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		back := f.calledNext(t, callAt(f.now))
		f.ends(t, back, appointment.Absent)
		open := f.calledNext(t, callAt(f.now))
		for range 3 {
			if _, _, err := f.store.TakeNumber(t.Context(), walkIn("", f.now), 0); err != nil {
				t.Fatal(err)
			}
		}
		busy := func(_ appointment.Number, err error) {
			t.Helper()
			if got, ok := errors.AsType[*appointment.BusyError](err); !ok || got.Number.ID != open.ID {
				t.Errorf("got %v, want %s to be ended first", err, open.Label())
			}
		}
		sameDesk, sameMember := callAt(f.now), callAt(f.now)
		sameDesk.Desk, sameMember.Member = open.Desk, open.CalledBy
		busy(f.replica.CallNext(t.Context(), sameDesk))
		busy(f.replica.CallNext(t.Context(), sameMember))
		busy(f.store.CallAgain(t.Context(), back.ID, sameDesk))
		busy(f.store.CallAgain(t.Context(), back.ID, sameMember))
		f.ends(t, open, appointment.Served)

		var racing sync.WaitGroup
		var called, refused atomic.Int32
		for i := range 6 {
			s, c := []*store.Store{f.store, f.replica}[i%2], callAt(f.now)
			c.Desk = "9"
			racing.Go(func() {
				var err error
				if i < 3 {
					_, err = s.CallNext(t.Context(), c)
				} else {
					_, err = s.CallAgain(t.Context(), back.ID, c)
				}
				switch {
				case err == nil:
					called.Add(1)
				case errors.As(err, new(*appointment.BusyError)), errors.Is(err, appointment.ErrState):
					refused.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		racing.Wait()
		if called.Load() != 1 || refused.Load() != 5 {
			t.Errorf("%d were called and %d refused, want one at the desk", called.Load(), refused.Load())
		}
	})
}

// Who came early may be called early. Being absent then is not missing an appointment: the number waits, and is called in its slot.
func TestQueue_CallsAnEarlyPersonAgainInTheirSlot(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		slot := slotIn(f.now, time.Minute)
		n := f.arrived(t, "u", slot)
		called, err := f.store.CallNext(t.Context(), callAt(f.now))
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // a double click
			got := must[appointment.Number](t)(f.replica.EndNumber(t.Context(), ending(called, appointment.Absent, f.now)))
			if got.State != appointment.Waiting || got.Desk != "" || !got.CalledAt.IsZero() {
				t.Errorf("got %+v, want it waiting", got)
			}
		}
		_, err = f.store.CallNext(t.Context(), callAt(f.now))
		wantError(t, err, appointment.ErrNobody)
		missed := func() int {
			return len(must[appointment.Missing](t)(f.store.MissedOf(t.Context(), n.AccountID, slot.EndsAt)).Appointments)
		}
		if missed() != 0 {
			t.Error("it was missed before its slot")
		}
		called, err = f.replica.CallAgain(t.Context(), n.ID, callAt(f.now)) // the person is back before the slot
		if err != nil {
			t.Fatal(err)
		}
		f.ends(t, called, appointment.Absent)
		if called, err = f.store.CallNext(t.Context(), callAt(slot.StartsAt)); err != nil || called.ID != n.ID {
			t.Fatalf("got %+v, %v, want it called in its slot", called, err)
		}
		if _, err = f.store.EndNumber(t.Context(), ending(called, appointment.Absent, slot.StartsAt)); err != nil {
			t.Fatal(err)
		}
		if missed() != 1 {
			t.Errorf("%d missed, want 1", missed())
		}
	})
}

// A walk-in who is called again has one open number, unless they have taken another one since.
func TestQueue_CallsAWalkInAgain(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		account := f.login(t, "u").Account.ID
		take := func() appointment.Number {
			n, _, err := f.store.TakeNumber(t.Context(), walkIn(account, f.now), 3)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		first := take()
		absent := func() {
			called, err := f.store.CallNext(t.Context(), callAt(f.now))
			if err != nil {
				t.Fatal(err)
			}
			f.ends(t, called, appointment.Absent)
		}
		absent()
		called, err := f.store.CallAgain(t.Context(), first.ID, callAt(f.now))
		if err != nil {
			t.Fatal(err)
		}
		if n := take(); n.ID != first.ID {
			t.Errorf("got %s, want the number that was called again", n.Label())
		}
		f.ends(t, called, appointment.Absent)
		other := take()
		if called, err = f.store.CallAgain(t.Context(), first.ID, callAt(f.now)); err != nil || called.ID != first.ID {
			t.Errorf("got %+v, %v", called, err)
		}
		if n := take(); n.ID != other.ID {
			t.Errorf("got %s, want %s", n.Label(), other.Label())
		}
	})
}

// An erasure leaves no open call, so that desk and clerk go on.
func TestErasure_EndsTheCall(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, _ := f.granted(t, "u", ann(t))
		if _, _, err := f.store.TakeNumber(t.Context(), walkIn(ses.Account.ID, f.now), 3); err != nil {
			t.Fatal(err)
		}
		c := callAt(f.now)
		if _, err := f.store.CallNext(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		f.erased(t, ses)
		next := callAt(f.now)
		next.Desk, next.Member = c.Desk, c.Member
		f.calledNext(t, next)
		_, err := f.store.CallNext(t.Context(), c)
		wantError(t, err, appointment.ErrNotFound)
	})
}
