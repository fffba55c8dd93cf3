package bff_test

import (
	"database/sql"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"renzheng/identity"
	"renzheng/session"
)

// onWeb signs in on the web, where being remembered is offered.
func (w *fixture) onWeb(t *testing.T, user string) person {
	t.Helper()
	opened, err := w.sessions().Open(t.Context(), session.OpenRequest{Channel: identity.Web, Code: user + "-" + newKey()})
	if err != nil {
		t.Fatal(err)
	}
	return person{w, opened.Token}
}

// grant goes from a session to an access grant.
func (p person) grant(t *testing.T, begin object) {
	t.Helper()
	verification := p.agree(t).call(t, http.MethodPost, "/v1/verifications", begin).want(t, http.StatusCreated, "").header.Get("Location")
	p.face(t, verification)
	p.call(t, http.MethodPost, verification+"/bank-card", card()) // not asked for a second time
	p.call(t, http.MethodPost, verification+"/portrait/accept", nil).want(t, http.StatusOK, "")
}

func (w *fixture) rememberNotice(t *testing.T) object {
	t.Helper()
	got := w.send(t, request{method: http.MethodGet, path: "/v1/notices?channel=web"}).want(t, http.StatusOK, "")
	for _, n := range got.list(t, "optional") {
		return object{"notice": object{"id": n["id"], "version": n["version"], "hash": n["hash"]}}
	}
	t.Fatalf("no optional notice: %s", got.body)
	return nil
}

func (p person) session(t *testing.T) reply {
	t.Helper()
	return p.call(t, http.MethodGet, "/v1/session", nil).want(t, http.StatusOK, "")
}

func TestRemembered_NextVisitUsesItMaskedUntilForgotten(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	agreed := w.rememberNotice(t)
	first := w.onWeb(t, "zhang")
	first.call(t, http.MethodPost, "/v1/remembered-documents", agreed).want(t, http.StatusForbidden, "access_required")
	first.grant(t, object{"purpose": "access", "document": zhang()})
	if got := first.session(t).json(t); got["remembered"] != nil {
		t.Errorf("remembered without a consent: %v", got)
	}
	sent := request{method: http.MethodPost, path: "/v1/remembered-documents", body: agreed, token: first.token, key: newKey()}
	made := w.send(t, sent).want(t, http.StatusCreated, "")
	consent := made.text(t, "id")

	again, other := w.onWeb(t, "zhang"), w.onWeb(t, "li")
	me := again.session(t)
	if me.text(t, "remembered", "document", "number_masked") != "1****************X" || me.text(t, "remembered", "consent_id") != consent ||
		strings.Contains(string(me.body), zhangName) {
		t.Errorf("not masked: %s", me.body)
	}
	if got := other.session(t).json(t); got["remembered"] != nil {
		t.Errorf("another account sees it: %v", got)
	}
	got := other.call(t, http.MethodPut, "/v1/session/prefill", nil).want(t, http.StatusOK, "")
	if got.text(t, "absent", "reason") != "not_remembered" {
		t.Errorf("another account uses it: %s", got.body)
	}
	other.call(t, http.MethodDelete, "/v1/consents/"+consent, nil).want(t, http.StatusNotFound, "")

	again.call(t, http.MethodPut, "/v1/session/prefill", nil).want(t, http.StatusOK, "")
	if me = again.session(t); me.text(t, "prefill_from") != "remembered" {
		t.Errorf("the prefill does not say where it comes from: %s", me.body)
	}
	again.grant(t, object{"purpose": "access", "use_prefill": true})

	again.call(t, http.MethodPut, "/v1/session/prefill", nil).want(t, http.StatusOK, "")
	again.call(t, http.MethodDelete, "/v1/consents/"+consent, nil).want(t, http.StatusOK, "")
	if got := again.session(t).json(t); got["remembered"] != nil || got["prefill"] != nil || got["access"] == nil {
		t.Errorf("got %v, want the document forgotten and the access kept", got)
	}
	again.call(t, http.MethodPost, "/v1/verifications", object{"purpose": "access", "use_prefill": true}).want(t, http.StatusConflict, "prefill_missing")
	if replayed := w.send(t, sent).want(t, http.StatusCreated, ""); replayed.text(t, "id") != consent {
		t.Errorf("got %s, want the kept answer", replayed.body)
	}
	if got := again.session(t).json(t); got["remembered"] != nil {
		t.Error("a repeated consent brought back what was forgotten")
	}
	again.call(t, http.MethodDelete, "/v1/consents/"+consent, nil).want(t, http.StatusNotFound, "")
}

func TestRemembered_IsNotOfferedInAlipay(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	got := w.send(t, request{method: http.MethodGet, path: "/v1/notices"}).want(t, http.StatusOK, "")
	if optional := got.list(t, "optional"); len(optional) != 0 {
		t.Errorf("got %v", optional)
	}
	p := w.enter(t)
	p.call(t, http.MethodPost, "/v1/remembered-documents", w.rememberNotice(t)).want(t, http.StatusConflict, "notice_stale")
}

// An optional document must not keep a person out.
func TestRemembered_UnreadableOneIsLeftOut(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	first := w.onWeb(t, "zhang")
	first.grant(t, object{"purpose": "access", "document": zhang()})
	first.call(t, http.MethodPost, "/v1/remembered-documents", w.rememberNotice(t)).want(t, http.StatusCreated, "")
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: w.path}).EscapedPath()+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if _, err = db.ExecContext(t.Context(), "UPDATE remembered_documents SET document_cipher = x'00'"); err != nil {
		t.Fatal(err)
	}
	again := w.onWeb(t, "zhang")
	if got := again.session(t).json(t); got["remembered"] != nil {
		t.Errorf("got %v, want it left out", got["remembered"])
	}
	if !strings.Contains(w.log.String(), session.ErrUnreadable.Error()) {
		t.Error("the log does not say that a document cannot be read")
	}
	got := again.call(t, http.MethodPut, "/v1/session/prefill", nil).want(t, http.StatusOK, "")
	if got.text(t, "absent", "reason") != "not_remembered" {
		t.Errorf("got %s, want it absent", got.body)
	}
}
