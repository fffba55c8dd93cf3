package bff_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image/png"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"renzheng/verification/failure"
)

func TestAppointment_IsBookedChangedAndCancelledWithoutAGrant(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p, other := w.login(t, "u"), w.login(t, "v")
	offices := p.get(t, "/v1/offices").list(t, "offices")
	if len(offices) != 1 || textOf(offices[0], "address") != "平泷路251号" {
		t.Errorf("got %v, want the office with hours", offices)
	}
	p.get(t, "/v1/slots?office=320501").want(t, http.StatusNotFound, "not_found")
	at := p.slots(t)[3]
	made := p.books(t, object{"office": "320500", "starts_at": at, "failure": "face_differs"}).want(t, http.StatusCreated, "")
	path := made.header.Get("Location")
	if made.text(t, "slip_code") == "" || made.text(t, "state") != "booked" {
		t.Errorf("got %v", made.json(t))
	}
	raw, err := base64.StdEncoding.DecodeString(made.text(t, "qr"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err = png.Decode(bytes.NewReader(raw)); err != nil {
		t.Error(err)
	}
	for _, free := range other.slots(t) {
		if free == at {
			t.Error("the slot is free although its only place is taken")
		}
	}
	other.books(t, object{"office": "320500", "starts_at": at}).want(t, http.StatusConflict, "slot_full")
	p.books(t, object{"office": "320500", "starts_at": p.slots(t)[9]}).want(t, http.StatusConflict, "appointment_open")
	other.get(t, path).want(t, http.StatusNotFound, "not_found")
	other.call(t, http.MethodDelete, path, nil).want(t, http.StatusNotFound, "not_found")

	later := p.slots(t)[9]
	moved := p.call(t, http.MethodPost, path+"/change", object{"starts_at": later}).want(t, http.StatusOK, "")
	if moved.text(t, "starts_at") != later || moved.text(t, "code") != made.text(t, "code") {
		t.Errorf("got %v, want the code at %s", moved.json(t), later)
	}
	other.books(t, object{"office": "320500", "starts_at": at}).want(t, http.StatusCreated, "")
	var racing sync.WaitGroup
	for range 4 {
		racing.Go(func() {
			if got := p.call(t, http.MethodDelete, path, nil); got.status != http.StatusNoContent {
				t.Errorf("cancelled again: got %d", got.status)
			}
		})
	}
	racing.Wait()
	p.call(t, http.MethodPost, path+"/change", object{"starts_at": p.slots(t)[1]}).want(t, http.StatusConflict, "appointment_closed")
	if got := p.get(t, path); got.text(t, "state") != "cancelled" || got.json(t)["qr"] != nil {
		t.Errorf("got %v", got.json(t))
	}
}

func TestAppointment_IsBookedForSlotsFailuresAndAppealsThatExist(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.login(t, "u")
	at := p.slots(t)[3]
	for name, c := range map[string]struct {
		body   object
		status int
		code   string
	}{
		"not a slot":      {object{"office": "320500", "starts_at": strings.Replace(at, ":00Z", ":01Z", 1)}, http.StatusConflict, "slot_unknown"},
		"has begun":       {object{"office": "320500", "starts_at": w.slotAfter(0)}, http.StatusConflict, "slot_unknown"},
		"far away":        {object{"office": "320500", "starts_at": w.slotAfter(20 * 24 * time.Hour)}, http.StatusConflict, "slot_unknown"},
		"no hours":        {object{"office": "320501", "starts_at": at}, http.StatusNotFound, "not_found"},
		"no failure":      {object{"office": "320500", "starts_at": at, "failure": "made_up"}, http.StatusNotFound, "not_found"},
		"nobody's appeal": {object{"office": "320500", "starts_at": at, "appeal_id": "apl_00000000000000000000000000000000"}, http.StatusNotFound, "not_found"},
	} {
		if got := p.books(t, c.body); got.status != c.status || got.json(t)["code"] != c.code {
			t.Errorf("%s: got %d %v, want %s", name, got.status, got.json(t)["code"], c.code)
		}
	}
	appeal := strings.TrimPrefix(p.opened(t, object{"failure": "account_limit"}), "/v1/appeals/")
	made := p.books(t, object{"office": "320500", "starts_at": at, "appeal_id": appeal}).want(t, http.StatusCreated, "")
	if made.text(t, "appeal_id") != appeal {
		t.Errorf("got %v", made.json(t))
	}
}

func TestAppointment_TellsThePersonOfThePause(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.login(t, "u")
	for range 2 {
		p.books(t, object{"office": "320500", "starts_at": p.slots(t)[0]}).want(t, http.StatusCreated, "")
		w.pass(2 * time.Hour)
		p = w.login(t, "u") // the session has ended
	}
	refused := p.books(t, object{"office": "320500", "starts_at": p.slots(t)[0]}).want(t, http.StatusConflict, "appointments_paused")
	mine := p.get(t, "/v1/appointments")
	if mine.json(t)["missed"] != 2.0 || mine.text(t, "paused_until") == "" || mine.text(t, "paused_until") != refused.text(t, "next_at") {
		t.Errorf("got %v and %v", mine.json(t), refused.json(t))
	}
	for _, a := range mine.list(t, "appointments") {
		if textOf(a, "state") != "missed" {
			t.Errorf("got %v", a)
		}
	}
}

func TestQueueNumber_IsTakenAtTheDoor(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	first, second := w.login(t, "u"), w.login(t, "v")
	take := func(p person) reply {
		return p.call(t, http.MethodPost, "/v1/queue-numbers", object{"office": "320500"})
	}
	a := take(first).want(t, http.StatusCreated, "")
	b := take(second).want(t, http.StatusCreated, "")
	if a.text(t, "number") != "B001" || b.text(t, "number") != "B002" || b.json(t)["before"] != 1.0 {
		t.Errorf("got %v and %v", a.json(t), b.json(t))
	}
	if again := take(second).want(t, http.StatusOK, ""); again.text(t, "id") != b.text(t, "id") {
		t.Errorf("got %v, want the open number", again.json(t))
	}
	first.get(t, b.header.Get("Location")).want(t, http.StatusNotFound, "not_found")
	if mine := second.get(t, "/v1/queue-numbers").list(t, "numbers"); len(mine) != 1 || textOf(mine[0], "id") != b.text(t, "id") {
		t.Errorf("got %v", mine)
	}
	// Somebody with an appointment of today gets a number of the other line.
	third := w.login(t, "w")
	third.books(t, object{"office": "320500", "starts_at": third.slots(t)[0]}).want(t, http.StatusCreated, "")
	if got := take(third).want(t, http.StatusCreated, "").text(t, "number"); got != "A001" {
		t.Errorf("got %s, want A001", got)
	}
	second.call(t, http.MethodPost, "/v1/queue-numbers", object{"office": "320501"}).want(t, http.StatusNotFound, "not_found")
}

func TestQueueNumber_IsTakenInTheHoursOnly(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	day := w.clock().In(time.FixedZone("CST", 8*60*60))
	closed := time.Date(day.Year(), day.Month(), day.Day(), 23, 40, 0, 0, day.Location())
	w.pass(closed.Sub(day))
	p := w.login(t, "u")
	p.call(t, http.MethodPost, "/v1/queue-numbers", object{"office": "320500"}).want(t, http.StatusConflict, "office_closed")
}

// From every failure that sends a person to the window, a time there can be booked.
func TestAppointment_CanBeBookedAfterEveryFailureThatLeadsToTheWindow(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	booked := 0
	for i, entry := range failure.Catalogue() {
		if !slices.ContainsFunc(entry.Remedies, func(r failure.Remedy) bool { return r.Kind == failure.ServiceWindow }) {
			continue
		}
		p := w.login(t, fmt.Sprintf("u%d", i))
		p.books(t, object{"office": "320500", "starts_at": p.slots(t)[0], "failure": string(entry.Code)}).want(t, http.StatusCreated, "")
		booked++
	}
	if booked < 30 {
		t.Errorf("got %d failures", booked)
	}
}
