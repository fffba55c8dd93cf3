package bff_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"renzheng/bff"
	"renzheng/identity"
)

// restart starts the program again with another file of offices.
func (w *fixture) restart(t *testing.T, offices string) {
	t.Helper()
	deps := w.deps
	deps.Appointments, deps.Registerer = w.appointmentsOf(t, offices), prometheus.NewRegistry()
	api, err := bff.New(deps)
	if err != nil {
		t.Fatal(err)
	}
	w.api, w.deps = api, deps
}

// closedOn returns the file of offices with the day of a time as closed.
func closedOn(t *testing.T, at string) string {
	t.Helper()
	parsed, err := time.Parse(time.RFC3339, at)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Replace(officesFile, `"places": 1,`, `"places": 1, "closed": ["`+identity.DateAt(parsed).String()+`"],`, 1)
}

func (w *fixture) closeMissed(t *testing.T) {
	t.Helper()
	if _, err := w.deps.Appointments.CloseMissed(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// A door that is closed is nobody's fault: what the office no longer offers is withdrawn, and never counts as missed.
func TestAppointment_IsWithdrawnWhenTheOfficeCloses(t *testing.T) {
	t.Parallel()
	for name, after := range map[string]func(t *testing.T, at string) string{
		"a closed day": closedOn,
		"no more hours": func(*testing.T, string) string {
			return `{"320500": {"zh-Hans": "苏州窗口", "zh-Hant": "蘇州窗口", "en": "Suzhou"}}`
		},
		"left the file": func(*testing.T, string) string {
			return `{"320501": {"zh-Hans": "窗口", "zh-Hant": "窗口", "en": "Second"}}`
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newFixture(t)
			p := w.login(t, "u")
			at := p.slots(t)[0]
			path := p.books(t, object{"office": "320500", "starts_at": at}).want(t, http.StatusCreated, "").header.Get("Location")
			w.restart(t, after(t, at))
			if got := p.get(t, path); got.text(t, "state") != "withdrawn" || got.json(t)["qr"] != nil {
				t.Errorf("got %v, want it withdrawn", got.json(t))
			}
			w.restart(t, officesFile) // the file was wrong for a while
			if got := p.get(t, path); got.text(t, "state") != "booked" {
				t.Errorf("got %v, want it booked again", got.json(t))
			}
			w.restart(t, after(t, at))
			w.pass(2 * time.Hour)
			w.closeMissed(t)
			w.restart(t, officesFile)
			p = w.login(t, "u")
			if got := p.get(t, "/v1/appointments"); got.json(t)["missed"] != 0.0 || textOf(got.list(t, "appointments")[0], "state") != "withdrawn" {
				t.Errorf("got %v, want it withdrawn and none missed", got.json(t))
			}
		})
	}
}

// Whose appointment was withdrawn books another time at once, and the place is free when the office offers it again.
func TestAppointment_CanBeBookedAgainAfterTheOfficeWithdrewIt(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p, other := w.login(t, "u"), w.login(t, "v")
	free := p.slots(t)
	at, later := free[0], free[len(free)-1]
	p.books(t, object{"office": "320500", "starts_at": at}).want(t, http.StatusCreated, "")
	w.restart(t, closedOn(t, at))
	p.books(t, object{"office": "320500", "starts_at": later}).want(t, http.StatusCreated, "")
	w.restart(t, officesFile)
	other.books(t, object{"office": "320500", "starts_at": at}).want(t, http.StatusCreated, "")
}

// An office that could not open, as after a storm, names the day as closed afterwards. Other hours of today excuse nobody.
func TestAppointment_IsNotMissedOnADayThatWasNamedAsClosedSince(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.login(t, "u")
	at := p.slots(t)[0]
	p.books(t, object{"office": "320500", "starts_at": at}).want(t, http.StatusCreated, "")
	w.pass(2 * time.Hour)
	w.closeMissed(t)
	p = w.login(t, "u")
	missed := func() any { return p.get(t, "/v1/appointments").json(t)["missed"] }
	w.restart(t, strings.ReplaceAll(officesFile, "00:00-23:30", "03:00-03:30"))
	if missed() != 1.0 {
		t.Errorf("got %v, want 1", missed())
	}
	w.restart(t, closedOn(t, at))
	if missed() != 0.0 {
		t.Errorf("got %v, want none", missed())
	}
}

// Once its slot has begun, nobody else can come instead: who stays away has missed it.
func TestAppointment_IsNotCancelledOrMovedOnceItsSlotHasBegun(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.login(t, "u")
	at := p.slots(t)[0]
	path := p.books(t, object{"office": "320500", "starts_at": at}).want(t, http.StatusCreated, "").header.Get("Location")
	begins, err := time.Parse(time.RFC3339, at)
	if err != nil {
		t.Fatal(err)
	}
	w.pass(begins.Sub(w.clock()))
	p = w.login(t, "u")
	p.call(t, http.MethodDelete, path, nil).want(t, http.StatusConflict, "appointment_closed")
	p.call(t, http.MethodPost, path+"/change", object{"starts_at": p.slots(t)[3]}).want(t, http.StatusConflict, "appointment_closed")
	w.pass(30 * time.Minute)
	p = w.login(t, "u")
	if got := p.get(t, "/v1/appointments").json(t)["missed"]; got != 1.0 {
		t.Errorf("got %v missed, want 1", got)
	}
}

// misses lets a person miss two appointments.
func (w *fixture) misses(t *testing.T, user string) {
	t.Helper()
	p := w.login(t, user)
	for range 2 {
		p.books(t, object{"office": "320500", "starts_at": p.slots(t)[0]}).want(t, http.StatusCreated, "")
		w.pass(2 * time.Hour)
		w.closeMissed(t)
		p = w.login(t, user)
	}
}

// erases lets Zhang be erased and returns how to read what is left of the erasure.
func (w *fixture) erases(t *testing.T) (status func() reply) {
	t.Helper()
	path := w.enter(t).call(t, http.MethodPost, "/v1/me/erasure", object{"understood": true}).want(t, http.StatusOK, "").header.Get("Location")
	return func() reply {
		t.Helper()
		if _, err := w.deps.Rights.ExecuteErasures(t.Context()); err != nil {
			t.Fatal(err)
		}
		return w.login(t, "v").get(t, path)
	}
}

// Nobody ends their pause by being erased. What is kept of it is a number and a date.
func TestAppointment_StaysPausedAfterAnErasure(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.misses(t, "zhang")
	w.erases(t)
	for range 2 {
		again := w.login(t, "zhang")
		again.books(t, object{"office": "320500", "starts_at": again.slots(t)[0]}).want(t, http.StatusConflict, "appointments_paused")
		if mine := again.get(t, "/v1/appointments"); len(mine.list(t, "appointments")) != 0 || mine.json(t)["missed"] != 2.0 {
			t.Errorf("got %v, want nothing but the number", mine.json(t))
		}
		w.erases(t)
		w.pass(25 * time.Hour) // used tries no longer count
	}
}

// The person is told what stays of it, and nothing does once it no longer counts.
func TestErasure_EndsWhenMissedAppointmentsNoLongerCount(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.misses(t, "zhang")
	status := w.erases(t)
	w.pass(25 * time.Hour)
	if got := status(); got.text(t, "state") != "partly" || !slices.Contains(codesOf(got.list(t, "stays")), "missed") {
		t.Errorf("got %v, want the missed appointments to stay", got.json(t))
	}
	w.pass(30 * 24 * time.Hour)
	if got := status(); got.text(t, "state") != "done" {
		t.Errorf("got %v, want it done", got.json(t))
	}
	again := w.login(t, "zhang")
	again.books(t, object{"office": "320500", "starts_at": again.slots(t)[0]}).want(t, http.StatusCreated, "")
}
