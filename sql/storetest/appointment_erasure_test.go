package storetest_test

import (
	"testing"
	"time"

	"renzheng/appointment"
	"renzheng/identity"
	"renzheng/rights"
)

// Whoever is erased gives back the place.
func TestErasure_FreesTheAppointment(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, _ := f.granted(t, "u", ann(t))
		slot := slotIn(f.now, 48*time.Hour)
		if err := f.store.Book(t.Context(), booking(ses.Account.ID, slot, f.now), termsAt(f.now, 1)); err != nil {
			t.Fatal(err)
		}
		if _, _, err := f.store.TakeNumber(t.Context(), walkIn(ses.Account.ID, f.now), 3); err != nil {
			t.Fatal(err)
		}
		f.erased(t, ses)
		if n := f.count(t, "SELECT (SELECT COUNT(*) FROM appointments) + (SELECT COUNT(*) FROM queue_numbers)"); n != 0 {
			t.Errorf("%d rows are left", n)
		}
		other := booking(f.login(t, "v").Account.ID, slot, f.now)
		if err := f.store.Book(t.Context(), other, termsAt(f.now, 1)); err != nil {
			t.Errorf("the only place of the slot: %v", err)
		}
	})
}

// An erasure that meets a cancellation frees no place that was freed, so that nobody else's is given away.
func TestErasure_FreesAPlaceOnceWhoeverCancels(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, _ := f.granted(t, "u", ann(t))
		slot := slotIn(f.now, 48*time.Hour)
		mine, other := booking(ses.Account.ID, slot, f.now), booking(f.login(t, "v").Account.ID, slot, f.now)
		for _, a := range []appointment.Appointment{mine, other} {
			if err := f.store.Book(t.Context(), a, termsAt(f.now, 2)); err != nil {
				t.Fatal(err)
			}
		}
		cancel := f.beginCancel(t, mine)
		committed := make(chan struct{})
		go func() {
			defer close(committed)
			time.Sleep(300 * time.Millisecond) // the erasure cannot say that it waits
			cancel()
		}()
		f.erased(t, ses)
		<-committed
		if n := f.places(t, slot); n != 1 {
			t.Errorf("%d places are taken, want that of the other person", n)
		}
	})
}

// beginCancel does what Cancel does, and returns its commit.
func (f *fixture) beginCancel(t *testing.T, a appointment.Appointment) (commit func()) {
	t.Helper()
	tx, err := f.raw(t).BeginTxx(t.Context(), nil)
	if err == nil {
		_, err = tx.ExecContext(t.Context(), "UPDATE appointments SET state = 'cancelled', open_slot = id WHERE id = ?", a.ID)
	}
	if err == nil {
		_, err = tx.ExecContext(t.Context(), "UPDATE office_counts SET n = n - 1 WHERE office = ? AND day = ?", a.Office, identity.DateAt(a.StartsAt).String())
	}
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := tx.Commit(); err != nil {
			t.Error(err)
		}
	}
}

// What was missed counts after an erasure, and after another one, as a number and a date.
func TestErasure_KeepsTheNumberOfMissedAppointments(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		for n := range 2 {
			ses, _ := f.granted(t, "u", ann(t))
			slot := slotIn(f.now, time.Minute)
			a := booking(ses.Account.ID, slot, f.now)
			if err := f.store.Book(t.Context(), a, termsAt(f.now, 2)); err != nil {
				t.Fatal(err)
			}
			must[bool](t)(f.store.CloseAppointment(t.Context(), a, appointment.Missed, f.now))
			v := rights.Viewer{SessionID: ses.ID, AccountID: ses.Account.ID, GrantID: ses.Grant.ID, SubjectID: ses.Grant.SubjectID}
			ends := slot.EndsAt.Add(appointment.MissWindow)
			if kept := must[rights.Kept](t)(f.replica.Kept(t.Context(), v, f.now)); kept.Missed != n+1 || !kept.MissedUntil.Equal(ends) {
				t.Errorf("got %d until %s, want %d until %s", kept.Missed, kept.MissedUntil, n+1, ends)
			}
			f.erased(t, ses)
			missed := must[appointment.Missing](t)(f.replica.MissedOf(t.Context(), ses.Account.ID, f.now))
			if len(missed.Appointments) != 0 || missed.Erased != n+1 || !missed.ErasedLast.Equal(slot.EndsAt) {
				t.Errorf("got %+v, want the number %d alone", missed, n+1)
			}
			if gone := must[appointment.Missing](t)(f.store.MissedOf(t.Context(), ses.Account.ID, ends)); gone.Erased != 0 {
				t.Errorf("got %+v after the window, want none", gone)
			}
		}
	})
}
