package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"renzheng/providers/alipay/alipaytest"
	"renzheng/test/harness"
	"renzheng/test/people"
)

// The thief types the victim's document and hands the link of the face check to
// the victim, who is deceived and shows the face.
func linkHandedOn(t *testing.T, s *fixture) {
	thief, victim := s.login(t, s.newPerson(people.NoPortrait)), s.newPerson(people.Passes)
	thief.consent(t, "access")
	id := thief.begin(t, documentOf(victim))
	l := thief.startFace(t, id)
	if result, code := s.show(t, l, victim.OpenID, alipaytest.ActionPass); result != alipaytest.ResultFailed || code != "ACCOUNT_MISMATCH" {
		t.Fatalf("the gateway let another account complete the check: %s %s", result, code)
	}
	thief.finishFace(t, l).is(t, http.StatusAccepted)
	thief.noPass(t, id)
}

// The client reports success although nobody has shown a face.
func successClaimed(t *testing.T, s *fixture) {
	thief, victim := s.login(t, s.newPerson(people.NoPortrait)), s.newPerson(people.Passes)
	thief.consent(t, "access")
	id := thief.begin(t, documentOf(victim))
	l := thief.startFace(t, id)
	thief.post(t, "/v1/verifications/"+id+"/face/result", members{
		"attempt_id": l.attempt, "result_status": "9000", "passed": true,
	}).refused(t, http.StatusUnprocessableEntity, "values_invalid")
	if state := thief.finishFace(t, l).is(t, http.StatusAccepted).text(t, "state"); state != "open" {
		t.Errorf("got an attempt that is %s, want open", state)
	}
	thief.noPass(t, id)
}

// noPass checks that a verification has opened nothing.
func (v *client) noPass(t *testing.T, id string) {
	t.Helper()
	v.post(t, "/v1/verifications/"+id+"/portrait/accept", nil).refused(t, http.StatusConflict, "verification_open")
	v.get(t, "/v1/verifications/"+id+"/portrait").refused(t, http.StatusNotFound, "not_found")
	v.get(t, "/v1/todos").refused(t, http.StatusForbidden, "access_required")
	if n := v.fixture.rows.count(t, "SELECT COUNT(*) FROM grants WHERE verification_id = ?", id); n != 0 {
		t.Errorf("got %d grants, want none", n)
	}
	if n := v.fixture.rows.count(t, "SELECT COUNT(*) FROM attempts WHERE verification_id = ? AND state = 'passed'", id); n != 0 {
		t.Errorf("got %d passed attempts, want none", n)
	}
}

func passUsedTwice(t *testing.T, s *fixture) {
	v := s.enter(t, s.newPerson(people.ThreeRoles))
	signers := s.pushed(t, s.push(t, v.Person)).Signers
	first, second := v.read(t, signers[0].TodoID), v.read(t, signers[1].TodoID)
	pass := v.passFor(t, first)
	v.confirm(t, first, pass).is(t, http.StatusCreated)
	v.confirm(t, second, pass).refused(t, http.StatusConflict, "verification_consumed")
	answered := v.confirm(t, first, pass).refused(t, http.StatusConflict, "todo_already_answered")
	v.get(t, answered.text(t, "confirmation")).is(t, http.StatusOK)
	s.rows.unanswered(t, second.id)
}

func passForAnotherTodo(t *testing.T, s *fixture) {
	v := s.enter(t, s.newPerson(people.ThreeRoles))
	signers := s.pushed(t, s.push(t, v.Person)).Signers
	first, second := v.read(t, signers[0].TodoID), v.read(t, signers[1].TodoID)
	pass := v.passFor(t, first)
	v.confirm(t, second, pass).refused(t, http.StatusConflict, "verification_not_usable")
	s.rows.unanswered(t, second.id)
	v.confirm(t, first, pass).is(t, http.StatusCreated)
}

// The registry revises the case between the face and the confirmation.
func passBeforeRevision(t *testing.T, s *fixture) {
	v := s.enter(t, s.newPerson(people.Passes))
	old, caseID := v.openTodo(t)
	pass := v.passFor(t, old)
	revised := harness.SampleCase(v.Person, time.Now())
	revised.Revision, revised.Items[0].Value = 2, "贰佰万元人民币"
	if _, err := s.Cases.PutCase(t.Context(), caseID, revised); err != nil {
		t.Fatal(err)
	}
	v.confirm(t, old, pass).refused(t, http.StatusConflict, "revision_stale")
	s.rows.unanswered(t, old.id)

	state := s.pushed(t, caseID).Signers[0]
	if state.State != "open" || state.Revision != 2 || state.TodoID == old.id {
		t.Fatalf("got %+v, want a new todo of revision 2", state)
	}
	fresh := v.read(t, state.TodoID)
	if fresh.digest == old.digest {
		t.Error("the new revision has the old digest")
	}
	v.confirm(t, fresh, pass).refused(t, http.StatusConflict, "verification_not_usable")
	v.confirm(t, shown{id: fresh.id, digest: old.digest, revision: old.revision}, pass).
		refused(t, http.StatusConflict, "revision_stale")
	v.beginConfirm(t, shown{id: fresh.id, digest: old.digest, revision: old.revision}).
		refused(t, http.StatusConflict, "todo_changed")
	s.rows.unanswered(t, fresh.id)
}

func passOfAnotherSession(t *testing.T, s *fixture) {
	p := s.newPerson(people.Passes)
	first, second := s.enter(t, p), s.enter(t, p)
	seen, _ := first.openTodo(t)
	pass := first.passFor(t, seen)
	second.confirm(t, second.read(t, seen.id), pass).refused(t, http.StatusConflict, "verification_not_usable")
	s.rows.unanswered(t, seen.id)
	first.confirm(t, seen, pass).is(t, http.StatusCreated)
}

func passTooOld(t *testing.T, s *fixture) {
	v := s.enter(t, s.newPerson(people.Passes))
	seen, _ := v.openTodo(t)
	pass := v.passFor(t, seen)
	s.age(t, "UPDATE verifications SET usable_until = ? WHERE id = ?", time.Now().Add(-time.Second).UnixMilli(), pass)
	v.confirm(t, seen, pass).refused(t, http.StatusConflict, "verification_not_usable")
	s.rows.unanswered(t, seen.id)
}

// A link or a colleague may tell id and digest; the session must have been shown
// the content itself.
func contentNotShown(t *testing.T, s *fixture) {
	p := s.newPerson(people.Passes)
	reader, blind := s.enter(t, p), s.enter(t, p)
	seen, _ := reader.openTodo(t)
	blind.beginConfirm(t, seen).refused(t, http.StatusConflict, "content_not_shown")
	blind.post(t, "/v1/todos/"+seen.id+"/refusal", seen.no()).refused(t, http.StatusConflict, "revision_stale")
	pass := reader.passFor(t, seen)
	blind.confirm(t, seen, pass).refused(t, http.StatusConflict, "revision_stale")
	forged := seen
	forged.digest = strings.Repeat("A", len(seen.digest))
	reader.confirm(t, forged, pass).refused(t, http.StatusConflict, "revision_stale")
	s.rows.unanswered(t, seen.id)
}

func strokesReused(t *testing.T, s *fixture) {
	v := s.enter(t, s.newPerson(people.ThreeRoles))
	signers := s.pushed(t, s.push(t, v.Person)).Signers
	first, second := v.read(t, signers[0].TodoID), v.read(t, signers[1].TodoID)
	strokes := handwriting()
	v.post(t, "/v1/todos/"+first.id+"/confirmation", first.yes(v.passFor(t, first), strokes)).is(t, http.StatusCreated)
	pass := v.passFor(t, second)
	v.post(t, "/v1/todos/"+second.id+"/confirmation", second.yes(pass, strokes)).
		refused(t, http.StatusUnprocessableEntity, "strokes_reused")
	s.rows.unanswered(t, second.id)
	v.confirm(t, second, pass).is(t, http.StatusCreated) // the refusal used up nothing
}
