package bff_test

import (
	"net/http"
	"testing"

	"renzheng/verification"
	"renzheng/verification/failure"
)

func TestIdempotency_RepeatsTheAnswerAsItWas(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.login(t, "zhang")
	start := request{
		method: http.MethodPost, path: "/v1/verifications", token: p.token, key: newKey(),
		body: object{"purpose": "access", "document": zhang()},
	}
	first := w.send(t, start).want(t, http.StatusCreated, "")
	again := w.send(t, start).want(t, http.StatusCreated, "")
	if string(first.body) != string(again.body) || first.header.Get("Location") != again.header.Get("Location") {
		t.Errorf("got %s, want %s", again.body, first.body)
	}
	if first.header.Get("Idempotency-Replayed") != "" || again.header.Get("Idempotency-Replayed") != "true" {
		t.Error("the repetition is not marked as one")
	}

	other := start
	other.body = object{"purpose": "access", "use_prefill": true}
	w.send(t, other).want(t, http.StatusUnprocessableEntity, "idempotency_key_reused")

	stranger := start
	stranger.token = w.login(t, "li").token
	own := w.send(t, stranger).want(t, http.StatusCreated, "")
	if own.header.Get("Idempotency-Replayed") != "" || own.text(t, "id") == first.text(t, "id") {
		t.Error("somebody else's key gave this person's answer")
	}
}

func TestIdempotency_KeepsNoProblem(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.login(t, "zhang")
	path := p.start(t)
	face := request{method: http.MethodPost, path: path + "/face", token: p.token, key: newKey()}
	refused := w.send(t, face).want(t, http.StatusForbidden, "consent_required")
	if len(refused.list(t, "notices")) == 0 {
		t.Error("it does not list the notices")
	}
	p.agree(t)
	w.send(t, face).want(t, http.StatusCreated, "")
}

func TestIdempotency_AsksTheDataSourceOnce(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.login(t, "zhang").agree(t)
	path := p.start(t)
	p.face(t, path)
	w.third.script(func(f *thirdParties) {
		f.card = verification.Decision{Outcome: verification.OutcomeFailed, Failure: failure.CardDiffers}
	})
	check := request{method: http.MethodPost, path: path + "/bank-card", token: p.token, key: newKey(), body: card()}
	first := w.send(t, check).want(t, http.StatusOK, "")
	w.third.script(func(f *thirdParties) { f.card = verification.Decision{} })
	again := w.send(t, check).want(t, http.StatusOK, "")
	if string(first.body) != string(again.body) || first.text(t, "failure", "code") != "card_differs" {
		t.Errorf("got %s, want %s", again.body, first.body)
	}
}

func TestSessions_RepeatWithATokenOfTheirOwn(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	open := request{method: http.MethodPost, path: "/v1/sessions", key: newKey(), body: object{
		"channel": "alipay", "auth_code": "zhang-once", "client": object{"platform": "ios", "version": "17.1"},
	}}
	first := w.send(t, open).want(t, http.StatusCreated, "")
	again := w.send(t, open).want(t, http.StatusCreated, "")
	if first.text(t, "session", "id") != again.text(t, "session", "id") || again.header.Get("Idempotency-Replayed") != "true" {
		t.Errorf("the repetition opened another session: %s", again.body)
	}
	if first.text(t, "token") == again.text(t, "token") {
		t.Error("the token was stored")
	}
	person{w, again.text(t, "token")}.call(t, http.MethodGet, "/v1/session", nil).want(t, http.StatusOK, "")
	person{w, first.text(t, "token")}.call(t, http.MethodGet, "/v1/session", nil).want(t, http.StatusUnauthorized, "session_required")

	spent := open
	spent.key = newKey()
	w.send(t, spent).want(t, http.StatusUnprocessableEntity, "auth_code_invalid")

	person{w, again.text(t, "token")}.call(t, http.MethodDelete, "/v1/session", nil).want(t, http.StatusNoContent, "")
	w.send(t, open).want(t, http.StatusUnprocessableEntity, "auth_code_invalid")
}

func TestSessions_Refuse(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	cases := map[string]struct {
		channel, code, platform, version string
		status                           int
		problem                          string
	}{
		"a channel that is off": {channel: "wechat", code: "zhang-1", platform: "ios", version: "17", status: http.StatusForbidden, problem: "channel_off"},
		"an old Android":        {channel: "alipay", code: "zhang-2", platform: "android", version: "4.2", status: http.StatusForbidden, problem: "client_unsupported"},
		"an old iOS":            {channel: "alipay", code: "zhang-3", platform: "ios", version: "10.3", status: http.StatusForbidden, problem: "client_unsupported"},
		"a channel that is ill": {channel: "alipay", code: "unavailable", platform: "ios", version: "17", status: http.StatusServiceUnavailable, problem: "temporarily_unavailable"},
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w.send(t, request{method: http.MethodPost, path: "/v1/sessions", key: newKey(), body: object{
				"channel": test.channel, "auth_code": test.code,
				"client": object{"platform": test.platform, "version": test.version},
			}}).want(t, test.status, test.problem)
		})
	}
}
