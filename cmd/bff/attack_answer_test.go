package main

import (
	"net/http"
	"testing"
	"time"

	"renzheng/test/people"
)

// ready is a person who has passed for a todo and only has to confirm it.
type ready struct {
	*client

	seen         shown
	caseID, pass string
}

func (s *fixture) ready(t *testing.T) ready {
	t.Helper()
	v := s.enter(t, s.newPerson(people.Passes))
	seen, caseID := v.openTodo(t)
	return ready{client: v, seen: seen, caseID: caseID, pass: v.passFor(t, seen)}
}

// stopped checks that the confirmation is refused and leaves nothing.
func (r ready) stopped(t *testing.T, status int, code string) {
	t.Helper()
	r.confirm(t, r.seen, r.pass).refused(t, status, code)
	r.fixture.rows.unanswered(t, r.seen.id)
}

func confirmWithdrawn(t *testing.T, s *fixture) {
	r := s.ready(t)
	if err := s.Cases.DeleteCase(t.Context(), r.caseID); err != nil {
		t.Fatal(err)
	}
	r.stopped(t, http.StatusConflict, "todo_withdrawn")
}

func confirmExpired(t *testing.T, s *fixture) {
	r := s.ready(t)
	s.age(t, "UPDATE todos SET expires_at = ? WHERE id = ?", time.Now().Add(-time.Millisecond).UnixMilli(), r.seen.id)
	r.stopped(t, http.StatusConflict, "todo_expired")
}

func confirmLoggedOut(t *testing.T, s *fixture) {
	r := s.ready(t)
	r.remove(t, "/v1/session").is(t, http.StatusNoContent)
	r.stopped(t, http.StatusUnauthorized, "session_required")
	again := s.enter(t, r.Person)
	again.read(t, r.seen.id)
	again.confirm(t, r.seen, r.pass).refused(t, http.StatusConflict, "verification_not_usable")
	s.rows.unanswered(t, r.seen.id)
}

func confirmWithoutConsent(t *testing.T, s *fixture) {
	r := s.ready(t)
	listed := r.get(t, "/v1/consents").is(t, http.StatusOK)
	got := r.remove(t, "/v1/consents/"+listed.text(t, "consents.0.id")).is(t, http.StatusOK)
	if got.text(t, "ended.grants") != "1" {
		t.Errorf("got %s, want the grant to have ended", got.body)
	}
	r.stopped(t, http.StatusForbidden, "access_required")
	r.consent(t, "access")
	r.gainAccess(t)
	r.read(t, r.seen.id)
	r.stopped(t, http.StatusConflict, "verification_not_usable")
}

func confirmWithoutGrant(t *testing.T, s *fixture) {
	r := s.ready(t)
	s.age(t, "UPDATE grants SET until = ? WHERE session_id = ?", time.Now().Add(-time.Millisecond).UnixMilli(), r.session)
	r.stopped(t, http.StatusForbidden, "access_required")
	r.get(t, "/v1/todos/"+r.seen.id).refused(t, http.StatusForbidden, "access_required")
	r.get(t, "/v1/confirmations").refused(t, http.StatusForbidden, "access_required")
}

func confirmVoided(t *testing.T, s *fixture) {
	r := s.ready(t)
	r.remove(t, "/v1/verifications/"+r.pass).is(t, http.StatusNoContent)
	r.stopped(t, http.StatusConflict, "verification_not_usable")
}

func refuseConfirmed(t *testing.T, s *fixture) {
	r := s.ready(t)
	made := r.confirm(t, r.seen, r.pass).is(t, http.StatusCreated)
	got := r.post(t, "/v1/todos/"+r.seen.id+"/refusal", r.seen.no()).refused(t, http.StatusConflict, "todo_already_answered")
	if got.text(t, "confirmation") != made.header.Get("Location") {
		t.Errorf("got %q for the answer that stands, want %q", got.text(t, "confirmation"), made.header.Get("Location"))
	}
	if n := s.rows.count(t, "SELECT COUNT(*) FROM events WHERE todo_id = ?", r.seen.id); n != 1 {
		t.Errorf("got %d events, want 1", n)
	}
}
