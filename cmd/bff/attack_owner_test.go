package main

import (
	"crypto/rand"
	"net/http"
	"testing"

	"renzheng/providers/alipay/alipaytest"
	"renzheng/test/people"
)

// foreignIDs sends every call that takes an id, once with one of the owner's and
// once with one that nobody has. A stranger who has access to todos of an own
// must not be able to tell them apart.
func foreignIDs(t *testing.T, s *fixture) {
	owner, stranger := s.login(t, s.newPerson(people.Passes)), s.enter(t, s.newPerson(people.Passes))
	consents := owner.consent(t, "access")
	access := owner.gainAccess(t)
	open, _ := owner.openTodo(t)
	answered, _ := owner.openTodo(t)
	confirmation := owner.confirm(t, answered, owner.passFor(t, answered)).is(t, http.StatusCreated).text(t, "id")
	pass := owner.beginConfirm(t, open).is(t, http.StatusCreated).text(t, "id")
	l := owner.startFace(t, pass)
	s.show(t, l, owner.OpenID, alipaytest.ActionPass)

	own, _ := stranger.openTodo(t)
	var calls []foreignCall
	for _, id := range []string{access, pass} {
		at := "/v1/verifications/"
		calls = append(calls,
			foreignCall{method: http.MethodGet, before: at, id: id}, foreignCall{method: http.MethodDelete, before: at, id: id},
			foreignCall{method: http.MethodPost, before: at, id: id, after: "/face"},
			foreignCall{method: http.MethodPost, before: at, id: id, after: "/face/result", body: members{"attempt_id": l.attempt}},
			foreignCall{method: http.MethodPost, before: at, id: id, after: "/bank-card", body: members{"card": stranger.Card}},
			foreignCall{method: http.MethodGet, before: at, id: id, after: "/portrait"},
			foreignCall{method: http.MethodPost, before: at, id: id, after: "/portrait/accept"})
	}
	for _, seen := range []shown{open, answered} {
		at := "/v1/todos/"
		calls = append(calls,
			foreignCall{method: http.MethodGet, before: at, id: seen.id},
			foreignCall{method: http.MethodPost, before: at, id: seen.id, after: "/confirmation", body: seen.yes(pass, handwriting())},
			foreignCall{method: http.MethodPost, before: at, id: seen.id, after: "/refusal", body: seen.no()})
	}
	calls = append(calls,
		foreignCall{method: http.MethodGet, before: "/v1/confirmations/", id: confirmation},
		foreignCall{method: http.MethodGet, before: "/v1/confirmations/", id: confirmation, after: "/receipt"},
		foreignCall{method: http.MethodDelete, before: "/v1/consents/", id: consents[0]})
	for _, c := range calls {
		got, unknown := c.send(t, stranger, c.id), c.send(t, stranger, c.id[:4]+"00000000000000000000000000000000")
		got.refused(t, http.StatusNotFound, "not_found")
		if a, b := got.anonymous(t), unknown.anonymous(t); a != b {
			t.Errorf("%s %s…%s: a foreign id is answered %s, an unknown one %s", c.method, c.before, c.after, a, b)
		}
	}
	for _, id := range []string{open.id, answered.id, "tod_00000000000000000000000000000000"} {
		stranger.beginConfirm(t, shown{id: id, digest: open.digest, revision: 1}).refused(t, http.StatusNotFound, "not_found")
	}
	stranger.finishFace(t, link{verification: stranger.passFor(t, own), attempt: l.attempt}).
		refused(t, http.StatusNotFound, "not_found")

	s.rows.unanswered(t, open.id)
	if state := owner.finishFace(t, l).is(t, http.StatusOK).text(t, "state"); state != "passed" {
		t.Errorf("the owner's face is %s after the stranger's calls, want passed", state)
	}
	owner.confirm(t, open, pass).is(t, http.StatusCreated)
}

// foreignCall is a call on an id.
type foreignCall struct {
	method, before, id, after string
	body                      any
}

func (c foreignCall) send(t *testing.T, v *client, id string) reply {
	t.Helper()
	r := request{method: c.method, path: c.before + id + c.after, body: c.body}
	if c.method == http.MethodPost {
		r.key = rand.Text()
	}
	return v.send(t, r)
}

func foreignTodoWithoutAccess(t *testing.T, s *fixture) {
	owner, stranger := s.enter(t, s.newPerson(people.Passes)), s.login(t, s.newPerson(people.Passes))
	seen, _ := owner.openTodo(t)
	var answers []string
	for _, id := range []string{seen.id, "tod_00000000000000000000000000000000"} {
		got := stranger.get(t, "/v1/todos/"+id).refused(t, http.StatusForbidden, "access_required")
		answers = append(answers, got.anonymous(t))
	}
	if answers[0] != answers[1] {
		t.Errorf("got %q, want one answer to both", answers)
	}
	stranger.beginConfirm(t, seen).refused(t, http.StatusForbidden, "access_required")
}
