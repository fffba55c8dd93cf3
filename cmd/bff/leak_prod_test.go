package main

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"renzheng/providers/alipay/alipaytest"
	"renzheng/providers/registry/registrytest"
	"renzheng/test/harness"
	"renzheng/test/people"
)

// prod says a person's data wherever it does not belong: each call must fail,
// and what comes of it must not repeat what was said.
func (l *leakTest) prod(t *testing.T, p people.Person) {
	t.Helper()
	token := l.prodder(t, p)
	session := caller{base: l.calls.URL, token: token}
	for name, r := range prods(p) {
		if got := session.send(t, r); got.status < http.StatusBadRequest {
			t.Errorf("%s: got %d, want a refusal", name, got.status)
		}
	}

	if got := (caller{base: l.calls.URL, token: "bogus-token-of-somebody"}).get(t, "/v1/session"); got.status != http.StatusUnauthorized {
		t.Errorf("a bogus token: got %d", got.status)
	}
	l.prodAsRegistry(t, p)
	l.prodAsWeChat(t, p)
	l.signInOnTheWeb(t, p)
}

// prodder opens a session for calls that fail.
func (l *leakTest) prodder(t *testing.T, p people.Person) (token string) {
	t.Helper()
	open := caller{base: l.calls.URL}
	got := open.post(t, "/v1/sessions", loginBody(l.Alipay.IssueCode(p.OpenID, alipaytest.ScopeBase)))
	return got.is(t, http.StatusCreated).text(t, "token")
}

// prods are calls of the person's client with values at wrong places.
func prods(p people.Person) map[string]request {
	post := func(path string, body any) request {
		return request{method: http.MethodPost, path: path, body: body, key: rand.Text()}
	}
	get := func(path string) request { return request{method: http.MethodGet, path: path} }
	const verifications = "/v1/verifications"
	return map[string]request{
		"a number as an id":          get("/v1/todos/" + p.Number),
		"a name as an id":            get(verifications + "/" + url.PathEscape(p.Name)),
		"a name as an address":       get("/" + url.PathEscape(p.Name) + "/" + p.Phone),
		"a phone as a query":         get("/v1/todos?cursor=" + p.Phone),
		"a card as a path of files":  get("/docs/" + p.Card),
		"a number as a method":       {method: "X" + p.Number, path: "/v1/session"},
		"a name as a member":         post(verifications, members{"purpose": "access", p.Name: p.Number}),
		"a phone as a member":        post(verifications, members{"purpose": "access", "phone_" + p.Phone: true}),
		"a number as a type":         post(verifications, members{"purpose": "access", "document": members{"type": p.Number, "number": p.Name, "name": p.Number}}),
		"a name as a purpose":        post(verifications, members{"purpose": p.Name}),
		"a name as an object":        post(verifications, members{"purpose": "access", "document": members{"type": "resident_id", "number": p.Number, "name": members{p.Name: p.Card}}}),
		"a broken body":              post(verifications, []byte(`{"document":{"name":"`+p.Name+`","number":`+p.Number+p.Name)),
		"a member twice":             post(verifications, []byte(`{"`+p.Name+`":"`+p.Phone+`","`+p.Name+`":1}`)),
		"a name in broken UTF-8":     post(verifications, []byte(`{"purpose":"`+p.Name+"\xff"+p.Number+`"}`)),
		"a number too many":          post(verifications, members{"purpose": "access", "document": members{"type": "resident_id", "number": p.Number + "0", "name": p.Name}}),
		"a name with a sign":         post(verifications, members{"purpose": "access", "document": members{"type": "resident_id", "number": p.Number, "name": p.Name + "\u202e"}}),
		"a card too long":            post(verifications+"/ver_none/bank-card", members{"card": p.Card + p.Card, "phone": p.Phone + p.Phone}),
		"a card as a phone":          post(verifications+"/ver_none/bank-card", members{"card": p.Phone, "phone": p.Card}),
		"a number as a code":         post("/v1/session/prefill", members{"auth_code": p.Number}),
		"a name as a code":           post("/v1/sessions", members{"channel": "alipay", "auth_code": p.Name + rand.Text(), "client": members{"platform": "ios", "version": "26.1"}}),
		"a phone as a version":       post("/v1/sessions", members{"channel": p.Name, "auth_code": rand.Text(), "client": members{"platform": p.Card, "version": p.Phone}}),
		"a name as a validity":       post(verifications+"/ver_none/four-elements", members{"valid_from": p.Name, "valid_until": p.Number}),
		"a phone as a validity":      post(verifications+"/ver_none/four-elements", members{"valid_from": p.Phone[:10], p.Name: p.Phone}),
		"a number where none is":     post(verifications+"/ver_none/document", members{"number": p.Number, "name": p.Name}),
		"a number as a failure":      post("/v1/support/tickets", members{"failure": p.Name, "document_type": p.Number}),
		"a phone as a ticket":        get("/v1/support/tickets/" + p.Phone),
		"a number as a picture":      get("/v1/support/tickets/" + p.Number + "/qr"),
		"a question without end":     get("/v1/support/faq?q=" + url.QueryEscape(strings.Repeat(p.Name+p.Card, 20))),
		"a name as a failure":        get("/v1/support/faq?failure=" + url.QueryEscape(p.Name)),
		"a name as a notification":   post("/v1/notifications", members{p.Name: p.Phone}),
		"a push that nobody signed":  {method: http.MethodPost, path: "/callbacks/wechat?encrypt_type=aes&nonce=" + p.Card + "&msg_signature=" + p.Number, body: []byte("<xml><FromUserName>" + p.Name + "</FromUserName></xml>")},
		"a check that nobody signed": get("/callbacks/wechat?echostr=" + p.Card + "&signature=" + url.QueryEscape(p.Name)),
		"strokes of letters":         post("/v1/todos/"+p.Number+"/confirmation", members{"verification_id": p.Phone, "revision": 1, "content_digest": p.Name, "strokes": p.Name + p.Number}),
		"a reason of one's own":      post("/v1/todos/"+p.Number+"/refusal", members{"revision": 1, "content_digest": p.Card, "reason": p.Name}),
		"a name as a key":            {method: http.MethodPost, path: verifications, body: members{"purpose": "access"}, key: p.Name},
		"a body of another kind":     {method: http.MethodPost, path: verifications, body: []byte(p.Number), key: rand.Text(), header: map[string]string{"Content-Type": "text/" + p.Number}},
	}
}

// prodAsRegistry does the same under /registry/v1, well signed and not.
func (l *leakTest) prodAsRegistry(t *testing.T, p people.Person) {
	t.Helper()
	mistyped := harness.SampleCase(p, time.Now())
	mistyped.Signers[0].Document.Number = p.Number[1:] + "0"
	controlled := harness.SampleCase(p, time.Now())
	controlled.Signers[0].Document.Name = p.Name + "\u0007"
	labelled := harness.SampleCase(p, time.Now())
	labelled.Items[0].Label = p.Name + "\u202e" + p.Number
	known := *l.Cases
	known.BaseURL = l.calls.URL
	for name, pushed := range map[string]any{"a mistyped number": mistyped, "a control character": controlled, "a turned label": labelled} {
		body, err := json.Marshal(pushed)
		if err != nil {
			t.Fatal(err)
		}
		if got := draftPush(&known, "prodding", body).send(t, &known); got.status < http.StatusBadRequest {
			t.Errorf("%s: got %d, want a refusal", name, got.status)
		}
	}
	var problem *registrytest.ProblemError
	if _, err := known.GetCase(t.Context(), p.Number); !errors.As(err, &problem) {
		t.Errorf("a number as a case: got %v, want a problem", err)
	}
	unsigned, err := http.NewRequestWithContext(t.Context(), http.MethodPut, l.calls.URL+"/registry/v1/cases/"+p.Phone, bytes.NewReader([]byte(p.Name)))
	if err != nil {
		t.Fatal(err)
	}
	unsigned.Header.Set("Content-Type", "application/json")
	unsigned.Header.Set("Signature-Input", `sig1=("@method");created=1;keyid="`+p.Number+`";nonce="`+p.Phone+`"`)
	unsigned.Header.Set("Signature", "sig1=:"+p.Card+":")
	if got, err := exchange(unsigned); err != nil || got.status != http.StatusUnauthorized {
		t.Errorf("a request that nobody signed: got %d, %v", got.status, err)
	}
}
