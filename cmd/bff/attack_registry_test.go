package main

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"renzheng/providers/registry/registrytest"
	"renzheng/test/harness"
	"renzheng/test/people"
)

// Two registries use the same case id: each has its own case under it.
func caseOfAnotherRegistry(t *testing.T, s *fixture) {
	r := s.ready(t)
	made := r.confirm(t, r.seen, r.pass).is(t, http.StatusCreated)
	before, other := s.pushed(t, r.caseID), s.guests["other"].Client

	_, err := other.GetCase(t.Context(), r.caseID)
	unknownToRegistry(t, "reading", err)
	unknownToRegistry(t, "withdrawing", other.DeleteCase(t.Context(), r.caseID))
	_, err = other.CloseSigner(t.Context(), r.caseID, "S9")
	unknownToRegistry(t, "closing", err)
	_, err = other.GetEvidence(t.Context(), r.caseID, "S1", 1)
	unknownToRegistry(t, "fetching evidence", err)
	until(t, "the event has its position", func() bool {
		return s.rows.count(t, "SELECT COUNT(*) FROM events WHERE todo_id = ? AND position IS NOT NULL", r.seen.id) == 1
	})
	event := s.rows.text(t, "SELECT id FROM events WHERE todo_id = ?", r.seen.id)
	unknownToRegistry(t, "redelivering", other.Redeliver(t.Context(), event))

	theirs := harness.SampleCase(s.newPerson(people.Passes), time.Now())
	theirs.Revision = 7
	state, err := other.PutCase(t.Context(), r.caseID, theirs)
	if err != nil || state.Revision != 7 || state.Signers[0].TodoID == r.seen.id {
		t.Errorf("pushing an own case of the same id: got %+v, %v", state, err)
	}
	if after := s.pushed(t, r.caseID); !cmp.Equal(before, after) {
		t.Errorf("the first registry's case changed: %s", cmp.Diff(before, after))
	}
	feed, err := other.Events(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range feed.Events {
		if e.TodoID == r.seen.id || e.ConfirmationID == made.text(t, "id") {
			t.Errorf("the feed has the event %s of another registry", e.ID)
		}
	}
}

func unknownToRegistry(t *testing.T, act string, err error) {
	t.Helper()
	var problem *registrytest.ProblemError
	if !errors.As(err, &problem) || problem.Status != http.StatusNotFound || problem.Code != "not_found" {
		t.Errorf("%s the case of another registry: got %v, want 404 not_found", act, err)
	}
}

// turningCallback answers every event with a redirect to another loopback
// address, as a taken-over call-back would.
type turningCallback struct {
	*httptest.Server

	inward string        // a call-back whose host name resolves to loopback
	asked  *atomic.Int64 // events that came to the call-back
	inside *atomic.Int64 // requests that reached a forbidden address
}

func newTurningCallback(t *testing.T) turningCallback {
	t.Helper()
	c := turningCallback{asked: new(atomic.Int64), inside: new(atomic.Int64)}
	inner := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { c.inside.Add(1) }))
	t.Cleanup(inner.Close)
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.asked.Add(1)
		http.Redirect(w, r, inner.URL, http.StatusTemporaryRedirect)
	}))
	t.Cleanup(c.Close)
	c.inward = "https" + strings.TrimPrefix(strings.Replace(inner.URL, "127.0.0.1", "localhost", 1), "http") + "/events"
	return c
}

func callbackInward(t *testing.T, s *fixture) {
	s.undelivered(t, "inward", "address_refused")
}

func (c turningCallback) notFollowed(t *testing.T, s *fixture) {
	s.undelivered(t, "turning", "status 307")
	if c.asked.Load() == 0 || c.inside.Load() != 0 {
		t.Errorf("got %d requests at the call-back and %d behind it, want some and none", c.asked.Load(), c.inside.Load())
	}
}

// undelivered makes a person decline a case of a guest, and checks that the
// event is kept for later for this reason.
func (s *fixture) undelivered(t *testing.T, registryID, reason string) {
	t.Helper()
	g := s.guests[registryID]
	v := s.enter(t, s.newPerson(people.Passes))
	state, err := g.PutCase(t.Context(), "callback", harness.SampleCase(v.Person, time.Now()))
	if err != nil {
		t.Fatal(err)
	}
	seen := v.read(t, state.Signers[0].TodoID)
	no := seen.no()
	no["reason"] = "content_wrong" // not_mine would be a second event
	v.post(t, "/v1/todos/"+seen.id+"/refusal", no).is(t, http.StatusCreated)
	until(t, "the event was tried", func() bool {
		return s.rows.count(t, "SELECT COUNT(*) FROM events WHERE todo_id = ? AND reason <> ''", seen.id) == 1
	})
	if got := s.rows.text(t, "SELECT delivery_state || ': ' || reason FROM events WHERE todo_id = ?", seen.id); got != "pending: "+reason {
		t.Errorf("got an event that is %s, want pending: %s", got, reason)
	}
	feed, err := g.Events(t.Context(), 0)
	if err != nil || len(feed.Events) != 1 || feed.Events[0].TodoID != seen.id {
		t.Errorf("the feed has %+v (%v), want the event that could not be pushed", feed.Events, err)
	}
}
