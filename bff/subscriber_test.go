package bff_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"renzheng/bff"
	"renzheng/subscriber"
)

const someNumber = "13800138000"

// A person registers with a phone, is signed in, leaves, and comes back with another code.
func TestSubscriber_RegistersAndComesBack(t *testing.T) {
	t.Parallel()
	w := newWebFixture(t)
	id, code := w.asksForCode(t, "register", someNumber)
	got := w.post(t, "/v1/subscribers", w.registration(t, someNumber, id, code), nil).want(t, http.StatusCreated, "")
	cookie := cookieOf(t, got, "__Host-session")
	if cookie == nil || !cookie.HttpOnly || !cookie.Secure || strings.Contains(string(got.body), cookie.Value) || got.text(t, "channel") != "web" {
		t.Fatalf("got %v and %s, want a token in the cookie only", cookie, got.body)
	}
	w.browse(t, http.MethodGet, "/v1/session", nil, cookie).want(t, http.StatusOK, "")
	w.browse(t, http.MethodDelete, "/v1/session", map[string]string{"Origin": webOrigin}, cookie).want(t, http.StatusNoContent, "")
	w.browse(t, http.MethodGet, "/v1/session", nil, cookie).want(t, http.StatusUnauthorized, "session_required")

	w.pass(time.Hour)
	id, code = w.asksForCode(t, "sign_in", someNumber)
	again := w.post(t, "/v1/sign-ins", object{"code_id": id, "code": code, "phone": "+86 138-0013-8000"}, nil).want(t, http.StatusCreated, "")
	if other := cookieOf(t, again, "__Host-session"); other == nil || other.Value == cookie.Value {
		t.Errorf("got %v, want a session of its own", other)
	}
	if log := w.log.String(); strings.Contains(log, someNumber) || strings.Contains(log, code) || strings.Contains(log, "老王") {
		t.Error("the log has a number, a code or a nickname")
	}
}

// Asking for a code has the same answer for every number; what the right code tells, a wrong one does not (R38).
func TestSubscriber_NobodyLearnsWhoIsRegistered(t *testing.T) {
	t.Parallel()
	w := newWebFixture(t)
	const known, unknown = "13900139000", "13900139001"
	id, code := w.asksForCode(t, "register", known)
	w.post(t, "/v1/subscribers", w.registration(t, known, id, code), nil).want(t, http.StatusCreated, "")
	w.pass(time.Hour)
	for purpose, path := range map[string]string{"register": "/v1/subscribers", "sign_in": "/v1/sign-ins"} {
		var shapes []string
		for _, number := range []string{known, unknown} {
			sent := w.post(t, "/v1/one-time-codes", object{"purpose": purpose, "phone": number}, nil)
			sentID := sent.text(t, "id")
			body := object{"code_id": sentID, "code": "000000", "phone": number}
			if purpose == "register" {
				body = w.registration(t, number, sentID, "000000")
			}
			if w.phones.code(number) == "000000" {
				body["code"] = "111111"
			}
			wrong := w.post(t, path, body, nil)
			shapes = append(shapes, strings.Join([]string{
				http.StatusText(sent.status), masked(string(sent.body), sentID, sent.text(t, "phone_masked")), strings.Join(headerNames(sent), ","),
				http.StatusText(wrong.status), wrong.text(t, "code"), strings.Join(headerNames(wrong), ","),
			}, " "))
		}
		if shapes[0] != shapes[1] {
			t.Errorf("%s differs:\n%s\n%s", purpose, shapes[0], shapes[1])
		}
		w.pass(time.Minute)
	}
	w.pass(time.Hour)
	id, code = w.asksForCode(t, "register", known)
	w.post(t, "/v1/subscribers", w.registration(t, known, id, code), nil).want(t, http.StatusConflict, "phone_registered")
	id, code = w.asksForCode(t, "sign_in", unknown)
	w.post(t, "/v1/sign-ins", object{"code_id": id, "code": code, "phone": unknown}, nil).want(t, http.StatusConflict, "phone_not_registered")
}

func masked(text string, secrets ...string) string {
	for _, s := range secrets {
		text = strings.ReplaceAll(text, s, "…")
	}
	return text
}

func headerNames(r reply) []string {
	var names []string
	for _, name := range []string{"Location", "Retry-After", "Set-Cookie", "Cache-Control", "Content-Type", "Idempotency-Replayed"} {
		if r.header.Get(name) != "" {
			names = append(names, name+"="+strings.SplitN(r.header.Get(name), "=", 2)[0])
		}
	}
	return names
}

// A wrong code says how many tries are left. The sixth is not compared, and the right one is void by then.
func TestSubscriber_HasFiveTriesForACode(t *testing.T) {
	t.Parallel()
	w := newWebFixture(t)
	id, code := w.asksForCode(t, "register", someNumber)
	wrong := "000000"
	if code == wrong {
		wrong = "111111"
	}
	for left := 4; left >= 0; left-- {
		got := w.post(t, "/v1/subscribers", w.registration(t, someNumber, id, wrong), nil).want(t, http.StatusUnprocessableEntity, "code_wrong")
		if got.json(t)["tries_left"] != float64(left) {
			t.Errorf("got %s, want %d left", got.body, left)
		}
	}
	w.post(t, "/v1/subscribers", w.registration(t, someNumber, id, code), nil).want(t, http.StatusUnprocessableEntity, "code_gone")
}

// The limit of sends names the time of the next, and a message that was not sent does not count.
func TestSubscriber_IsToldWhenTheNextCodeIsPossible(t *testing.T) {
	t.Parallel()
	w := newWebFixture(t)
	body := object{"purpose": "register", "phone": someNumber}
	w.phones.failWith(subscriber.ErrNotSent)
	w.post(t, "/v1/one-time-codes", body, nil).want(t, http.StatusServiceUnavailable, "code_not_sent")
	w.phones.failWith(errors.Join(subscriber.ErrNotSent, subscriber.ErrUnreachable))
	w.post(t, "/v1/one-time-codes", body, nil).want(t, http.StatusUnprocessableEntity, "phone_unreachable")
	w.phones.failWith(errors.New("no answer"))
	got := w.post(t, "/v1/one-time-codes", body, nil).want(t, http.StatusCreated, "")
	w.phones.failWith(nil)
	late := w.post(t, "/v1/one-time-codes", body, nil).want(t, http.StatusConflict, "codes_exhausted")
	if late.text(t, "next_at") != got.text(t, "next_at") {
		t.Errorf("got %s and %s", late.text(t, "next_at"), got.text(t, "next_at"))
	}
	w.pass(time.Minute)
	w.post(t, "/v1/one-time-codes", body, nil).want(t, http.StatusCreated, "")
	w.send(t, request{
		method: http.MethodPost, path: "/v1/one-time-codes", key: newKey(), header: map[string]string{"Origin": webOrigin},
		body: object{"purpose": "register", "phone": "02512345678"},
	}).want(t, http.StatusUnprocessableEntity, "values_invalid")
}

// Each call may be sent twice: a repetition sends no second message and makes no second account.
func TestSubscriber_RepeatsWithoutASecondEffect(t *testing.T) {
	t.Parallel()
	w := newWebFixture(t)
	key := map[string]string{"Idempotency-Key": newKey()}
	first := w.post(t, "/v1/one-time-codes", object{"purpose": "register", "phone": someNumber}, key).want(t, http.StatusCreated, "")
	second := w.post(t, "/v1/one-time-codes", object{"purpose": "register", "phone": someNumber}, key).want(t, http.StatusCreated, "")
	if string(first.body) != string(second.body) || w.phones.sent != 1 {
		t.Errorf("got %s and %s with %d messages", first.body, second.body, w.phones.sent)
	}
	key = map[string]string{"Idempotency-Key": newKey()}
	body := w.registration(t, someNumber, first.text(t, "id"), w.phones.code(someNumber))
	var racing sync.WaitGroup
	sessions := make([]string, 8)
	for i := range sessions {
		racing.Go(func() {
			for {
				got := w.post(t, "/v1/subscribers", body, key)
				if got.status == http.StatusConflict && got.text(t, "code") == "idempotency_key_running" {
					continue
				}
				sessions[i] = got.want(t, http.StatusCreated, "").text(t, "id")
				return
			}
		})
	}
	racing.Wait()
	for _, id := range sessions {
		if id != sessions[0] {
			t.Errorf("got sessions %v", sessions)
		}
	}
	w.post(t, "/v1/subscribers", body, nil).want(t, http.StatusUnprocessableEntity, "code_gone")
}

// Another page signs nobody in, and an agreement that is not in force uses up no code.
func TestSubscriber_RegistersOnOurPageByTheAgreementInForce(t *testing.T) {
	t.Parallel()
	w := newWebFixture(t)
	id, code := w.asksForCode(t, "register", someNumber)
	body := w.registration(t, someNumber, id, code)
	for _, header := range []map[string]string{
		{"Origin": "https://evil.example"}, {"Origin": ""}, {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}, {"Origin": "null"},
	} {
		w.post(t, "/v1/subscribers", body, header).want(t, http.StatusForbidden, "cross_site_request")
	}
	stale := w.registration(t, someNumber, id, code)
	stale["agreement"] = object{"id": "rules", "version": "1", "hash": strings.Repeat("0", 64)}
	w.post(t, "/v1/subscribers", stale, nil).want(t, http.StatusConflict, "notice_stale")
	blank := w.registration(t, someNumber, id, code)
	blank["nickname"] = "\u200b\u200b"
	w.post(t, "/v1/subscribers", blank, nil).want(t, http.StatusUnprocessableEntity, "values_invalid")
	w.post(t, "/v1/subscribers", body, nil).want(t, http.StatusCreated, "")
}

// A server without accounts has none of the routes, and shows none of them.
func TestSubscriber_IsNowhereWithoutAccounts(t *testing.T) {
	t.Parallel()
	w := newFixture(t, func(d *bff.Deps) { d.Subscribers = nil })
	for _, path := range []string{"/v1/one-time-codes", "/v1/subscribers", "/v1/sign-ins"} {
		got := w.sendPlain(t, request{method: http.MethodPost, path: path, body: object{}, key: newKey()})
		if got.status != http.StatusNotFound || got.text(t, "code") != "not_found" {
			t.Errorf("%s: got %d %s", path, got.status, got.body)
		}
	}
	if got := w.sendPlain(t, request{method: http.MethodGet, path: "/openapi.yaml"}); got.status != http.StatusOK || strings.Contains(string(got.body), "one-time-codes") {
		t.Errorf("got %d; the contract must not have the calls", got.status)
	}
}

// What is stored of a registration is in the person's copy, and goes with the erasure: the number can be registered again.
func TestSubscriber_IsCopiedAndErasedWithTheAccount(t *testing.T) {
	t.Parallel()
	w := newWebFixture(t)
	id, code := w.asksForCode(t, "register", someNumber)
	got := w.post(t, "/v1/subscribers", w.registration(t, someNumber, id, code), nil).want(t, http.StatusCreated, "")
	p := person{w, cookieOf(t, got, "__Host-session").Value}.agree(t)
	p.accept(t, zhang())
	files := p.files(t)
	rows := copied(t, files)["subscribers"]
	if len(rows) != 1 || rows[0]["phone"] != someNumber || rows[0]["nickname"] != "老王" || rows[0]["notice_id"] != "registration" {
		t.Errorf("got %v", rows)
	}
	if !slices.Contains(codesOf(p.get(t, "/v1/me/data").list(t, "holdings")), "registration") {
		t.Error("the registration is not among what is held")
	}
	p.call(t, http.MethodPost, "/v1/me/erasure", object{"understood": true}).want(t, http.StatusOK, "")
	w.pass(time.Hour)
	id, code = w.asksForCode(t, "sign_in", someNumber)
	w.post(t, "/v1/sign-ins", object{"code_id": id, "code": code, "phone": someNumber}, nil).want(t, http.StatusConflict, "phone_not_registered")
	w.pass(time.Minute)
	id, code = w.asksForCode(t, "register", someNumber)
	w.post(t, "/v1/subscribers", w.registration(t, someNumber, id, code), nil).want(t, http.StatusCreated, "")
}
