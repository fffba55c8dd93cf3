package storetest_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"renzheng/appointment"
)

// codeOf returns the code of the appointment of a number.
func (f *fixture) codeOf(t *testing.T, n appointment.Number) string {
	t.Helper()
	a, err := f.store.Appointment(t.Context(), n.AccountID, n.AppointmentID)
	if err != nil {
		t.Fatal(err)
	}
	return a.Code
}

func TestQueue_ChecksInOnceAndOnTheDayOnly(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		slot := slotIn(f.now, 48*time.Hour)
		a := booking(f.login(t, "u").Account.ID, slot, f.now)
		if err := f.store.Book(t.Context(), a, termsAt(f.now, 1)); err != nil {
			t.Fatal(err)
		}
		arrives := func(office string, now time.Time) (appointment.Number, error) {
			return f.replica.CheckIn(t.Context(), appointment.Arrival{NumberID: id("que_"), Office: office, Code: a.Code, Now: now})
		}
		_, err := arrives("320500", f.now)
		wantError(t, err, appointment.ErrNotToday)
		_, err = arrives("320501", slot.StartsAt)
		wantError(t, err, appointment.ErrNotFound)
		_, err = arrives("320500", slot.EndsAt)
		wantError(t, err, appointment.ErrLate)
		var racing sync.WaitGroup
		ids := make([]string, 4)
		for i := range ids {
			racing.Go(func() {
				n, failed := arrives("320500", slot.StartsAt)
				if failed != nil {
					t.Error(failed)
				}
				ids[i] = n.ID
			})
		}
		racing.Wait()
		if slices.Sort(ids); ids[0] != ids[3] {
			t.Errorf("got %v, want one number", ids)
		}
		_, err = arrives("320500", slot.StartsAt.Add(24*time.Hour)) // nobody calls the number of yesterday
		wantError(t, err, appointment.ErrNotToday)
	})
}
