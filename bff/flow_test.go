package bff_test

import (
	"net/http"
	"strings"
	"testing"

	"renzheng/verification"
	"renzheng/verification/failure"
)

func TestPrefill_ShowsTheDocumentMasked(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.login(t, "zhang")
	got := p.call(t, http.MethodPost, "/v1/session/prefill", object{"auth_code": "zhang-2"}).want(t, http.StatusOK, "")
	if got.text(t, "document", "number_masked") != "1****************X" || strings.Contains(string(got.body), zhangName) {
		t.Errorf("not masked: %s", got.body)
	}
	me := p.call(t, http.MethodGet, "/v1/session", nil).want(t, http.StatusOK, "")
	if me.text(t, "prefill", "type") != "resident_id" {
		t.Errorf("the session does not know its prefill: %s", me.body)
	}
	begun := p.call(t, http.MethodPost, "/v1/verifications", object{"purpose": "access", "use_prefill": true})
	if begun.want(t, http.StatusCreated, "").json(t)["prefilled"] != true {
		t.Errorf("not begun with the prefill: %s", begun.body)
	}
	me = p.call(t, http.MethodGet, "/v1/session", nil).want(t, http.StatusOK, "")
	if me.text(t, "verification", "id") != begun.text(t, "id") {
		t.Errorf("the session does not know its verification: %s", me.body)
	}
}

func TestPrefill_SaysWhyThereIsNone(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.login(t, "zhang")
	for code, reason := range map[string]string{"li-1": "not_this_account", "zhang-uncertified": "not_certified"} {
		got := p.call(t, http.MethodPost, "/v1/session/prefill", object{"auth_code": code}).want(t, http.StatusOK, "")
		if got.text(t, "absent", "reason") != reason || got.text(t, "absent", "kind") != "type_by_hand" {
			t.Errorf("got %s, want %s", got.body, reason)
		}
	}
	p.call(t, http.MethodPost, "/v1/verifications", object{"purpose": "access", "use_prefill": true}).
		want(t, http.StatusConflict, "prefill_missing")
}

func TestFace_IsAnAnswerWhateverItsEnd(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.login(t, "zhang").agree(t)
	path := p.start(t)

	w.third.script(func(f *thirdParties) { f.startFail = errFarEnd })
	unable := p.call(t, http.MethodPost, path+"/face", nil).want(t, http.StatusOK, "")
	if unable.text(t, "kind") != "not_passed" || unable.text(t, "failure", "code") == "" {
		t.Errorf("it does not say why it could not begin: %s", unable.body)
	}
	w.third.script(func(f *thirdParties) {
		f.startFail = nil
		f.face = verification.FaceResult{Outcome: verification.OutcomePending}
	})
	begun := p.call(t, http.MethodPost, path+"/face", nil).want(t, http.StatusCreated, "")
	if begun.text(t, "call", "kind") != "my.startAPVerify" {
		t.Errorf("it does not say what to call: %s", begun.body)
	}
	ask := object{"attempt_id": begun.text(t, "attempt_id")}
	waiting := p.call(t, http.MethodPost, path+"/face/result", ask).want(t, http.StatusAccepted, "")
	if waiting.header.Get("Retry-After") == "" || waiting.text(t, "kind") != "running" {
		t.Errorf("it does not say when to ask again: %s", waiting.body)
	}
	openAttempt := func() any { return p.call(t, http.MethodGet, path, nil).list(t, "checks")[0]["attempt_id"] }
	if got := openAttempt(); got != ask["attempt_id"] {
		t.Errorf("got attempt %v under way, want %v", got, ask["attempt_id"])
	}
	w.third.script(func(f *thirdParties) {
		f.face = verification.FaceResult{Outcome: verification.OutcomeFailed, Failure: failure.FaceQuality}
	})
	failed := p.call(t, http.MethodPost, path+"/face/result", ask).want(t, http.StatusOK, "")
	if failed.text(t, "failure", "code") != "face_quality" || failed.text(t, "verification", "state") != "open" {
		t.Errorf("it does not say what to do: %s", failed.body)
	}
	if got := openAttempt(); got != nil {
		t.Errorf("got attempt %v under way, want none after its end", got)
	}
	p.call(t, http.MethodPost, path+"/face/result", object{"attempt_id": "att_1"}).want(t, http.StatusNotFound, "not_found")
}

func TestBankCard_ComesAfterTheFace(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.login(t, "zhang").agree(t)
	path := p.start(t)
	p.call(t, http.MethodPost, path+"/bank-card", card()).want(t, http.StatusConflict, "face_first")
	p.call(t, http.MethodPost, path+"/portrait/accept", nil).want(t, http.StatusConflict, "verification_open")
}

func TestPortrait_IsAPictureAndNotKept(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.login(t, "zhang").agree(t)
	path := p.start(t)
	p.face(t, path)
	p.call(t, http.MethodPost, path+"/bank-card", card()).want(t, http.StatusOK, "")
	got := p.call(t, http.MethodGet, path+"/portrait", nil).want(t, http.StatusOK, "")
	if got.header.Get("Content-Type") != "image/png" || got.header.Get("Cache-Control") != "no-store" {
		t.Errorf("got %s, %s", got.header.Get("Content-Type"), got.header.Get("Cache-Control"))
	}
	w.login(t, "li").call(t, http.MethodGet, path+"/portrait", nil).want(t, http.StatusNotFound, "not_found")
}

func TestVerification_IsNobodyElses(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	path := w.login(t, "zhang").agree(t).start(t)
	stranger := w.login(t, "li").agree(t)
	for _, call := range []struct {
		method, path string
		body         any
	}{
		{method: http.MethodGet, path: path},
		{method: http.MethodDelete, path: path},
		{method: http.MethodPost, path: path + "/face"},
		{method: http.MethodPost, path: path + "/bank-card", body: card()},
		{method: http.MethodPost, path: path + "/portrait/accept"},
	} {
		stranger.call(t, call.method, call.path, call.body).want(t, http.StatusNotFound, "not_found")
	}
}

func TestVerification_IsVoided(t *testing.T) {
	t.Parallel()
	p := newFixture(t).login(t, "zhang")
	path := p.start(t)
	p.call(t, http.MethodDelete, path, nil).want(t, http.StatusNoContent, "")
	p.call(t, http.MethodDelete, path, nil).want(t, http.StatusNoContent, "")
	if got := p.call(t, http.MethodGet, path, nil).want(t, http.StatusOK, ""); got.text(t, "kind") != "ended" {
		t.Errorf("got %s", got.body)
	}
}

func TestConsent_IsWithdrawn(t *testing.T) {
	t.Parallel()
	p := newFixture(t).enter(t)
	consents := p.call(t, http.MethodGet, "/v1/consents", nil).want(t, http.StatusOK, "").list(t, "consents")
	id, _ := consents[0]["id"].(string)
	got := p.call(t, http.MethodDelete, "/v1/consents/"+id, nil).want(t, http.StatusOK, "")
	ended, _ := got.json(t)["ended"].(object)
	if ended["grants"] != 1.0 {
		t.Errorf("got %s, want one grant ended", got.body)
	}
	p.call(t, http.MethodGet, "/v1/todos", nil).want(t, http.StatusForbidden, "access_required")
	p.call(t, http.MethodDelete, "/v1/consents/"+id, nil).want(t, http.StatusNotFound, "not_found")
	stale := object{"notices": []object{{"id": "rules", "version": "0", "hash": strings.Repeat("0", 64)}}}
	p.call(t, http.MethodPost, "/v1/consents", stale).want(t, http.StatusConflict, "notice_stale")
}

func TestTodos_NeedAccess(t *testing.T) {
	t.Parallel()
	p := newFixture(t).login(t, "zhang")
	for _, path := range []string{"/v1/todos", "/v1/todos/tod_1", "/v1/confirmations", "/v1/confirmations/cfm_1/receipt"} {
		p.call(t, http.MethodGet, path, nil).want(t, http.StatusForbidden, "access_required")
	}
}

func TestTodos_ComeInPages(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.enter(t)
	for _, caseID := range []string{"case-1", "case-2", "case-3"} {
		w.push(t, caseID, sampleCase(1)).want(t, http.StatusCreated, "")
	}
	seen := map[any]bool{}
	path := "/v1/todos?limit=2"
	for range 2 {
		page := p.call(t, http.MethodGet, path, nil).want(t, http.StatusOK, "")
		for _, row := range page.list(t, "todos") {
			seen[row["id"]] = true
		}
		path = "/v1/todos?limit=2&cursor=" + page.text(t, "next_cursor")
	}
	if len(seen) != 3 || !strings.HasSuffix(path, "cursor=") {
		t.Errorf("got %d todos and then %s, want 3 and the end", len(seen), path)
	}
}

func TestTodos_TellNothingUnderAnotherName(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.enter(t)
	other := sampleCase(1)
	other["signers"] = []object{{"signer_id": "s1", "role": "股东", "document": with(zhang(), "name", "张四海")}}
	w.push(t, "case-1", other).want(t, http.StatusCreated, "")
	rows := p.call(t, http.MethodGet, "/v1/todos", nil).want(t, http.StatusOK, "").list(t, "todos")
	if len(rows) != 1 || rows[0]["kind"] != "name_differs" || rows[0]["hint"] == nil || len(rows[0]) != 3 {
		t.Errorf("got %v, want a hint and the registry only", rows)
	}
}

func TestDecline_IsOneCall(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.enter(t)
	shown := p.openTodo(t)
	decline := request{
		method: http.MethodPost, path: "/v1/todos/" + shown.text(t, "id") + "/refusal", token: p.token, key: newKey(),
		body: object{"revision": 1, "content_digest": shown.text(t, "content_digest"), "reason": "not_mine"},
	}
	first := w.send(t, decline).want(t, http.StatusCreated, "")
	again := w.send(t, decline).want(t, http.StatusCreated, "")
	if string(first.body) != string(again.body) || first.text(t, "kind") != "no" || first.text(t, "reason") != "not_mine" {
		t.Errorf("got %s and %s", first.body, again.body)
	}
}
