package bff_test

import (
	"bytes"
	"image/png"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"renzheng/console/consoletest"
)

// checksIn scans the code of an appointment and returns the page of the number.
func checksIn(b *consoletest.Browser, code string) *consoletest.Page {
	return b.Open("/queue").Submit("/queue/check-ins", url.Values{"code": {code}})
}

func TestClerk_ChecksInCallsAndServesByNumber(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	c := newConsole(t, w)
	booked, walking := w.login(t, "u"), w.login(t, "v")
	made := booked.books(t, object{"office": "320500", "starts_at": booked.slots(t)[0], "failure": "face_differs"}).want(t, http.StatusCreated, "")
	code, slip := made.text(t, "code"), made.text(t, "slip_code")
	clerk, other := c.SignedIn(t, "clerk"), c.SignedIn(t, "clerk2")

	clerk.Open("/queue").Want(http.StatusOK, code, "Booked", "face_differs")
	walkIn := other.Open("/queue").Submit("/queue/walk-ins", url.Values{"slip": {"nothing"}}).Want(http.StatusUnprocessableEntity, "That is no slip code").
		Submit("/queue/walk-ins", nil).Want(http.StatusOK, "B001", "A number was taken")
	checksIn(clerk, "A-0000-0000").Want(http.StatusUnprocessableEntity, "no appointment with this code")
	checksIn(c.SignedIn(t, "clerk-there"), code).Want(http.StatusUnprocessableEntity, "no appointment with this code")
	number := checksIn(clerk, strings.ToLower(strings.ReplaceAll(code, "-", ""))).Want(http.StatusOK, "A001", "Checked in", "Waiting")
	if again := checksIn(other, code); again.Path != number.Path {
		t.Errorf("scanned twice: got %s, want %s", again.Path, number.Path)
	}
	if got := booked.get(t, "/v1/queue-numbers").list(t, "numbers"); len(got) != 1 || textOf(got[0], "number") != "A001" {
		t.Errorf("the person sees %v", got)
	}
	door := walking.call(t, http.MethodPost, "/v1/queue-numbers", object{"office": "320500"}).want(t, http.StatusCreated, "")
	if door.text(t, "number") != "B002" || door.json(t)["before"] != 1.0 {
		t.Errorf("got %v, want B002 after one", door.json(t))
	}

	clerk.Open("/queue").Submit("/queue/calls", url.Values{"desk": {"the one at the door"}}).Want(http.StatusUnprocessableEntity, "Enter the desk")
	first := clerk.Open("/queue").Submit("/queue/calls", url.Values{"desk": {"b3"}}).Want(http.StatusOK, "B001", "Called", "Desk B3") // the slot has not begun
	if first.Path != walkIn.Path {
		t.Errorf("called %s, want %s", first.Path, walkIn.Path)
	}
	second := other.Open("/queue").Submit("/queue/calls", url.Values{"desk": {"4"}}).Want(http.StatusOK, "B002")
	if got := walking.get(t, door.header.Get("Location")); got.text(t, "state") != "called" || got.text(t, "desk") != "4" {
		t.Errorf("the person sees %v", got.json(t))
	}
	screen := c.Browser(t).Open("/display/320500").Want(http.StatusOK, "B001", "Desk B3", "B002", "Desk 4", "Waiting: 1").WantNot(code, slip, "que_")
	if screen.Header.Get("Refresh") == "" {
		t.Error("the screen does not read itself again")
	}
	c.Browser(t).Open("/display/nowhere").Want(http.StatusNotFound)
	second.Submit(second.Path+"/end", url.Values{"outcome": {"absent"}}).Want(http.StatusOK, "Recorded as absent")
	second = other.Open(second.Path).Submit(second.Path+"/call", url.Values{"desk": {"4"}}).Want(http.StatusOK, "B002", "Desk 4")
	second.Submit(second.Path+"/end", url.Values{"outcome": {"served"}}).Want(http.StatusOK, "Recorded as served")
	first.Submit(first.Path+"/end", url.Values{"outcome": {"served"}}).Want(http.StatusOK)
	first.Submit(first.Path+"/end", url.Values{"outcome": {"absent"}}).Want(http.StatusConflict, "moved on")

	// The called number leads into the visit, with the slip filled in.
	called := clerk.Open("/queue").Submit("/queue/calls", url.Values{"desk": {"3"}}).Want(http.StatusOK, "A001")
	if called.Field("code") != slip {
		t.Errorf("got the slip %q, want %q", called.Field("code"), slip)
	}
	// A person who is absent before their slot waits for it, or shows the code again and is called again.
	clerk.Open("/queue").Submit("/queue/walk-ins", nil)
	clerk.Open("/queue").Submit("/queue/calls", url.Values{"desk": {"5"}}).Want(http.StatusConflict, "End it first", "A001")
	other.Open("/queue").Submit("/queue/calls", url.Values{"desk": {"3"}}).Want(http.StatusConflict, "End it first", "A001")
	called.Submit(called.Path+"/end", url.Values{"outcome": {"absent"}}).Want(http.StatusOK, "The time slot has not begun")
	third := clerk.Open("/queue").Submit("/queue/calls", url.Values{"desk": {"5"}}).Want(http.StatusOK, "B003")
	other.Open("/queue").Submit("/queue/calls", url.Values{"desk": {"3"}}).Want(http.StatusOK, "Nobody waits")
	third.Submit(third.Path+"/end", url.Values{"outcome": {"served"}}).Want(http.StatusOK)
	checksIn(other, code).Want(http.StatusOK, "A001", "Waiting").Submit(number.Path+"/call", url.Values{"desk": {"3"}}).Want(http.StatusOK, "Desk 3")
	called.Submit(called.Path+"/end", url.Values{"outcome": {"served"}}).Want(http.StatusConflict, "moved on") // of the first call
	called = clerk.Open(called.Path)

	found := called.Submit("/window/find", nil).Want(http.StatusOK)
	found.Submit("/window/visits", nil).Want(http.StatusOK, "vis_")
	clerk.Open("/queue").Submit("/queue/calls", url.Values{"desk": {"3"}}).Want(http.StatusOK, "Nobody waits")
	c.SignedIn(t, "clerk-there").Open(called.Path).Want(http.StatusNotFound)
}

// Who stays away in their slot has missed the appointment, and can be called again that day.
func TestClerk_CallsAnAbsentPersonAgain(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	c := newConsole(t, w)
	p := w.login(t, "u")
	at := p.slots(t)[0]
	code := p.books(t, object{"office": "320500", "starts_at": at}).want(t, http.StatusCreated, "").text(t, "code")
	begins, err := time.Parse(time.RFC3339, at)
	if err != nil {
		t.Fatal(err)
	}
	w.pass(begins.Sub(w.clock()))
	p = w.login(t, "u")
	missed := func() any { return p.get(t, "/v1/appointments").json(t)["missed"] }
	clerk := c.SignedIn(t, "clerk")
	checksIn(clerk, code)
	called := clerk.Open("/queue").Submit("/queue/calls", url.Values{"desk": {"3"}}).Want(http.StatusOK, "A001")
	called.Submit(called.Path+"/end", url.Values{"outcome": {"absent"}}).Want(http.StatusOK, "Recorded as absent")
	if missed() != 1.0 {
		t.Errorf("got %v missed, want 1", missed())
	}
	checksIn(clerk, code).Want(http.StatusOK, "A001", "Absent").WantNot("Checked in").Submit(called.Path+"/call", url.Values{"desk": {"3"}}).Want(http.StatusOK, "Desk 3")
	if missed() != 0.0 {
		t.Errorf("got %v missed, want none", missed())
	}
}

// A call that nobody ends leaves the screen, and stays with the clerks.
func TestDisplay_ShowsACallForAWhile(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	c := newConsole(t, w)
	clerk := c.SignedIn(t, "clerk")
	clerk.Open("/queue").Submit("/queue/walk-ins", nil)
	called := clerk.Open("/queue").Submit("/queue/calls", url.Values{"desk": {"3"}}).Want(http.StatusOK, "B001")
	w.pass(10*time.Minute - time.Second)
	c.Browser(t).Open("/display/320500").Want(http.StatusOK, "B001")
	w.pass(time.Second)
	c.Browser(t).Open("/display/320500").Want(http.StatusOK, "No number is called").WantNot("B001")
	clerk.Open("/queue").Want(http.StatusOK, "B001", "Desk 3")
	called.Submit(called.Path+"/end", url.Values{"outcome": {"served"}}).Want(http.StatusOK, "Recorded as served")
}

// The field of the desk is cut between letters, whatever an address says.
func TestClerk_SeesADeskOfAnyLetters(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	page := newConsole(t, w).SignedIn(t, "clerk").Open("/queue?desk=" + url.QueryEscape("窗口三号台"))
	if got := page.Want(http.StatusOK).Field("desk"); got != "窗口三号" {
		t.Errorf("got %q, want four letters", got)
	}
}

func TestClerk_PrintsTheCodeOfTheDoor(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	c := newConsole(t, w)
	clerk := c.SignedIn(t, "clerk")
	clerk.Open("/queue").Follow("/queue/poster").Want(http.StatusOK, "https://check.example.cn/#/pages/screen/index?s=office&id=320500")
	picture := clerk.Open("/queue/poster.png")
	if _, err := png.Decode(bytes.NewReader([]byte(picture.Body))); err != nil || picture.Header.Get("Content-Type") != "image/png" {
		t.Errorf("got %s, %v", picture.Header.Get("Content-Type"), err)
	}
	c.Browser(t).Open("/queue/poster.png").Want(http.StatusOK, "Sign in")
}
