package bff_test

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"renzheng/appointment"
)

// Each appointment is counted once in each state, and each call with how long its person waited, however often a form is sent.
func TestAppointment_IsCountedByState(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	c := newConsole(t, w)
	book := func(user string, slot int) (person, reply) {
		p := w.login(t, user)
		return p, p.books(t, object{"office": "320500", "starts_at": p.slots(t)[slot]}).want(t, http.StatusCreated, "")
	}
	_, comes := book("comes", 0)
	book("stays-away", 0)
	cancels, made := book("cancels", 9)
	for range 2 {
		cancels.call(t, http.MethodDelete, made.header.Get("Location"), nil).want(t, http.StatusNoContent, "")
	}
	_, later := book("sent-away", 60)
	begins, err := time.Parse(time.RFC3339, comes.text(t, "starts_at"))
	if err != nil {
		t.Fatal(err)
	}
	w.pass(begins.Sub(w.clock()))
	clerk := c.SignedIn(t, "clerk")
	for range 2 {
		checksIn(clerk, comes.text(t, "code"))
	}
	w.pass(5 * time.Minute)
	page := clerk.Open("/queue")
	for range 2 {
		page.Submit("/queue/calls", url.Values{"desk": {"3"}}).Want(http.StatusOK, "A001")
		w.pass(time.Second)
	}
	w.pass(2 * time.Hour)
	w.closeMissed(t)
	w.restart(t, closedOn(t, later.text(t, "starts_at")))
	w.pass(48 * time.Hour)
	w.closeMissed(t)
	w.closeMissed(t)
	want := map[appointment.State]int{
		appointment.Booked: 4, appointment.Cancelled: 1, appointment.Arrived: 1, appointment.Missed: 1, appointment.Withdrawn: 1,
	}
	if !maps.Equal(w.moved.states, want) {
		t.Errorf("got %v, want %v", w.moved.states, want)
	}
	if !slices.Equal(w.moved.waited, []time.Duration{5 * time.Minute}) {
		t.Errorf("got %v, want 5 minutes since the slot began", w.moved.waited)
	}
}
