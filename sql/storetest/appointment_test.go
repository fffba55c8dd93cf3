package storetest_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"renzheng/appointment"
	"renzheng/identity"
	"renzheng/sql/store"
)

// slotIn returns a time slot of half an hour that begins so much after now.
func slotIn(now time.Time, after time.Duration) appointment.Slot {
	at := now.Add(after).Truncate(time.Millisecond)
	return appointment.Slot{Day: identity.DateAt(at), StartsAt: at, EndsAt: at.Add(30 * time.Minute)}
}

func booking(accountID string, slot appointment.Slot, now time.Time) appointment.Appointment {
	return appointment.Appointment{
		ID: id("apt_"), Code: id("A-")[:14], AccountID: accountID, Office: "320500", StartsAt: slot.StartsAt, EndsAt: slot.EndsAt,
		Slip: "ses_0123456789", Failure: "face_differs", State: appointment.Booked, CreatedAt: now,
	}
}

func termsAt(now time.Time, places int) appointment.Terms {
	return appointment.Terms{Limits: appointment.DefaultLimits(), Offices: alwaysOpen(), Places: places, Now: now}
}

// alwaysOpen returns the office of the tests, whose slots may begin at any time.
func alwaysOpen() appointment.Offices {
	office := appointment.Office{ID: "320500", Hours: map[time.Weekday][]appointment.Span{}}
	for day := range time.Weekday(7) {
		office.Hours[day] = []appointment.Span{{To: 48 * time.Hour}}
	}
	return appointment.Offices{office.ID: office}
}

// places returns how many places of a slot are taken by its counter.
func (f *fixture) places(t *testing.T, slot appointment.Slot) int {
	t.Helper()
	taken, err := f.replica.TakenOf(t.Context(), "320500", slot.Day, slot.Day)
	if err != nil {
		t.Fatal(err)
	}
	return taken[slot.Key()]
}

func TestAppointment_NeverExceedsThePlacesOnAnyNumberOfReplicas(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		const persons, places = 12, 3
		slot := slotIn(f.now, 48*time.Hour)
		var racing sync.WaitGroup
		var booked, full atomic.Int32
		for i := range persons {
			account := f.login(t, fmt.Sprintf("u%d", i)).Account.ID
			s := []*store.Store{f.store, f.replica}[i%2]
			racing.Go(func() {
				switch err := s.Book(t.Context(), booking(account, slot, f.now), termsAt(f.now, places)); {
				case err == nil:
					booked.Add(1)
				case errors.Is(err, appointment.ErrFull):
					full.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		racing.Wait()
		if booked.Load() != places || full.Load() != persons-places || f.places(t, slot) != places {
			t.Errorf("booked %d, full %d, counted %d, want %d, %d, %d", booked.Load(), full.Load(), f.places(t, slot), places, persons-places, places)
		}
	})
}

func TestAppointment_IsOnePerAccountWhoeverAsks(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		account, slot := f.login(t, "u").Account.ID, slotIn(f.now, 48*time.Hour)
		var racing sync.WaitGroup
		var booked atomic.Int32
		for i := range 6 {
			s := []*store.Store{f.store, f.replica}[i%2]
			racing.Go(func() {
				err := s.Book(t.Context(), booking(account, slot, f.now), termsAt(f.now, 10))
				if err == nil {
					booked.Add(1)
				} else if !errors.Is(err, appointment.ErrOpen) {
					t.Error(err)
				}
			})
		}
		racing.Wait()
		if booked.Load() != 1 || f.places(t, slot) != 1 {
			t.Errorf("booked %d, counted %d, want one", booked.Load(), f.places(t, slot))
		}
	})
}

func TestAppointment_ChangesBothPlacesOrNone(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		early, late := slotIn(f.now, 47*time.Hour), slotIn(f.now, 48*time.Hour)
		mine, other := booking(f.login(t, "u").Account.ID, early, f.now), booking(f.login(t, "v").Account.ID, late, f.now)
		for _, a := range []appointment.Appointment{mine, other} {
			if err := f.store.Book(t.Context(), a, termsAt(f.now, 1)); err != nil {
				t.Fatal(err)
			}
		}
		_, err := f.store.Rebook(t.Context(), mine.AccountID, mine.ID, late, termsAt(f.now, 1))
		wantError(t, err, appointment.ErrFull)
		_, err = f.store.Rebook(t.Context(), other.AccountID, mine.ID, late, termsAt(f.now, 1))
		wantError(t, err, appointment.ErrNotFound)
		var a, moved appointment.Appointment
		if a, err = f.store.Appointment(t.Context(), mine.AccountID, mine.ID); err != nil || !a.StartsAt.Equal(early.StartsAt) || f.places(t, early) != 1 || f.places(t, late) != 1 {
			t.Errorf("got %v, %v, places %d and %d, want nothing changed", a.StartsAt, err, f.places(t, early), f.places(t, late))
		}
		if _, err = f.replica.Cancel(t.Context(), other.AccountID, other.ID, f.now); err != nil {
			t.Fatal(err)
		}
		for range 2 { // repeated
			moved, err = f.store.Rebook(t.Context(), mine.AccountID, mine.ID, late, termsAt(f.now, 1))
			if err != nil || !moved.StartsAt.Equal(late.StartsAt) || moved.Code != mine.Code {
				t.Errorf("got %+v, %v", moved, err)
			}
		}
		if f.places(t, early) != 0 || f.places(t, late) != 1 {
			t.Errorf("places %d and %d, want 0 and 1", f.places(t, early), f.places(t, late))
		}
		_, err = f.store.Cancel(t.Context(), other.AccountID, other.ID, f.now)
		wantError(t, err, appointment.ErrState)
	})
}

func TestAppointment_PausesAfterMissedOnes(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		account, now := f.login(t, "u").Account.ID, f.now
		var last time.Time
		for range 2 {
			slot := slotIn(now, time.Hour)
			if err := f.store.Book(t.Context(), booking(account, slot, now), termsAt(now, 1)); err != nil {
				t.Fatal(err)
			}
			now, last = now.Add(25*time.Hour), slot.EndsAt
		}
		slot := slotIn(now, time.Hour)
		err := f.store.Book(t.Context(), booking(account, slot, now), termsAt(now, 1))
		if paused, ok := errors.AsType[*appointment.PausedError](err); !ok || !paused.Until.Equal(last.Add(14*24*time.Hour)) {
			t.Errorf("got %v, want a pause of 14 days", err)
		}
		ended, err := f.store.Unclosed(t.Context(), now, 10)
		if err != nil || len(ended) != 1 { // the first was closed when the second was booked
			t.Fatalf("got %v, %v, want one", ended, err)
		}
		for i := range 2 {
			if ok, failed := f.replica.CloseAppointment(t.Context(), ended[0], appointment.Missed, now); failed != nil || ok != (i == 0) {
				t.Errorf("closed %t, %v, want it closed once", ok, failed)
			}
		}
		now = last.Add(14 * 24 * time.Hour)
		if err = f.store.Book(t.Context(), booking(account, slotIn(now, time.Hour), now), termsAt(now, 1)); err != nil {
			t.Errorf("after the pause: %v", err)
		}
	})
}

func TestAppointment_IsBookedSoOftenADay(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		account, slot := f.login(t, "u").Account.ID, slotIn(f.now, 48*time.Hour)
		for range appointment.DefaultLimits().PerDay {
			a := booking(account, slot, f.now)
			if err := f.store.Book(t.Context(), a, termsAt(f.now, 1)); err != nil {
				t.Fatal(err)
			}
			if _, err := f.store.Cancel(t.Context(), account, a.ID, f.now); err != nil {
				t.Fatal(err)
			}
		}
		err := f.store.Book(t.Context(), booking(account, slot, f.now), termsAt(f.now, 1))
		if later, ok := errors.AsType[*appointment.LaterError](err); !ok || !later.At.Equal(f.now.Add(24*time.Hour)) {
			t.Errorf("got %v, want a limit of 24 hours", err)
		}
		if f.places(t, slot) != 0 {
			t.Errorf("%d places are taken, want none", f.places(t, slot))
		}
	})
}

func TestAppointment_IsAnAccountsOwn(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		a := booking(f.login(t, "u").Account.ID, slotIn(f.now, 48*time.Hour), f.now)
		a.AppealID = id("apl_")
		wantError(t, f.store.Book(t.Context(), a, termsAt(f.now, 1)), appointment.ErrReason)
		a.AppealID = ""
		if err := f.store.Book(t.Context(), a, termsAt(f.now, 1)); err != nil {
			t.Fatal(err)
		}
		_, err := f.store.Appointment(t.Context(), f.login(t, "v").Account.ID, a.ID)
		wantError(t, err, appointment.ErrNotFound)
	})
}
