package bff_test

import (
	"net/http"
	"strings"
	"testing"

	"renzheng/bff"
	"renzheng/session"
	"renzheng/verification"
)

// answeredWhere is a person who has confirmed a todo, on a server whose policy allows the list or not.
func answeredWhere(t *testing.T, allows bool) person {
	t.Helper()
	w := newFixture(t, func(d *bff.Deps) { d.Todos.SessionRecords = func() bool { return allows } })
	p := w.enter(t)
	shown := p.openTodo(t)
	body := p.sign(t, shown)
	p.call(t, http.MethodPost, "/v1/todos/"+shown.text(t, "id")+"/confirmation", body).want(t, http.StatusCreated, "")
	return p
}

// afterAccess lets the time of the grant pass while the session is used.
func (p person) afterAccess(t *testing.T) person {
	t.Helper()
	const pause = session.Idle * 2 / 3 // a session is renewed past half of its idle time
	for range verification.GrantFor/pause + 1 {
		p.w.pass(pause)
		p.session(t)
	}
	p.call(t, http.MethodGet, "/v1/confirmations", nil).want(t, http.StatusForbidden, "access_required")
	return p
}

func TestSessionRecords_AreOffByDefault(t *testing.T) {
	t.Parallel()
	p := answeredWhere(t, false)
	if listed := p.session(t).json(t)["answers_listed"]; listed != nil {
		t.Errorf("got %v", listed)
	}
	p.call(t, http.MethodGet, "/v1/session/confirmations", nil).want(t, http.StatusForbidden, "access_required")
	p.afterAccess(t).call(t, http.MethodGet, "/v1/session/confirmations", nil).want(t, http.StatusForbidden, "access_required")
}

func TestSessionRecords_AreMaskedAndOfTheSessionAlone(t *testing.T) {
	t.Parallel()
	p := answeredWhere(t, true).afterAccess(t)
	if listed := p.session(t).json(t)["answers_listed"]; listed != true {
		t.Errorf("the session does not say that they are listed: %v", listed)
	}
	got := p.call(t, http.MethodGet, "/v1/session/confirmations", nil).want(t, http.StatusOK, "")
	answers := got.list(t, "answers")
	if len(answers) != 1 || answers[0]["decision"] != "confirmed" || answers[0]["enterprise_name_masked"] != "北京******公司" {
		t.Errorf("got %s", got.body)
	}
	if strings.Contains(string(got.body), "北京示例科技有限公司") || strings.Contains(string(got.body), "cfm_") {
		t.Errorf("the list leads on to more than it shows: %s", got.body)
	}
	for name, other := range map[string]person{"a later session": p.w.login(t, "zhang"), "another account": p.w.login(t, "li")} {
		got = other.call(t, http.MethodGet, "/v1/session/confirmations", nil).want(t, http.StatusOK, "")
		if len(got.list(t, "answers")) != 0 {
			t.Errorf("%s sees %s", name, got.body)
		}
	}
	p.call(t, http.MethodDelete, "/v1/session", nil).want(t, http.StatusNoContent, "")
	p.call(t, http.MethodGet, "/v1/session/confirmations", nil).want(t, http.StatusUnauthorized, "session_required")
}
