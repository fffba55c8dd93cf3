package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"renzheng/providers/alipay/alipaytest"
	"renzheng/providers/registry/registrytest"
	"renzheng/test/harness"
	"renzheng/test/people"
	"renzheng/todo"
)

// client is a person with a session.
type client struct {
	caller
	people.Person

	fixture *fixture
	session string // id
}

// login opens a session for a person's account.
func (s *fixture) login(t *testing.T, p people.Person) *client {
	t.Helper()
	v := &client{caller: caller{base: s.urls[0]}, Person: p, fixture: s}
	opened := v.post(t, "/v1/sessions", loginBody(s.Alipay.IssueCode(p.OpenID, alipaytest.ScopeBase))).is(t, http.StatusCreated)
	v.token, v.session = opened.text(t, "token"), opened.text(t, "session.id")
	return v
}

func loginBody(code string) members {
	return members{"channel": "alipay", "auth_code": code, "client": members{"platform": "ios", "version": "26.1"}}
}

// consent accepts all notices of a purpose and returns the ids of the consents.
func (v *client) consent(t *testing.T, purpose string) []string {
	t.Helper()
	shown := v.get(t, "/v1/notices?purpose="+purpose).is(t, http.StatusOK)
	var refs []members
	for i := range shown.length(t, "notices") {
		at := fmt.Sprintf("notices.%d.", i)
		refs = append(refs, members{
			"id": shown.text(t, at+"id"), "version": shown.text(t, at+"version"), "hash": shown.text(t, at+"hash"),
		})
	}
	accepted := v.post(t, "/v1/consents", members{"notices": refs})
	if accepted.status != http.StatusOK && accepted.status != http.StatusCreated {
		t.Fatalf("accepting notices: got %d %s", accepted.status, accepted.body)
	}
	var ids []string
	for i := range accepted.length(t, "consents") {
		ids = append(ids, accepted.text(t, fmt.Sprintf("consents.%d.id", i)))
	}
	return ids
}

// document is the person's resident ID as typed.
func (v *client) document() members { return documentOf(v.Person) }

func documentOf(p people.Person) members {
	return members{"type": "resident_id", "number": p.Number, "name": p.Name}
}

// begin starts an access verification for a typed document.
func (v *client) begin(t *testing.T, document members) (id string) {
	t.Helper()
	started := v.post(t, "/v1/verifications", members{"purpose": "access", "document": document}).is(t, http.StatusCreated)
	return started.text(t, "id")
}

// link is a face check that a person opens.
type link struct{ verification, attempt, certify, url string }

func (v *client) startFace(t *testing.T, verification string) link {
	t.Helper()
	r := v.post(t, "/v1/verifications/"+verification+"/face", nil).is(t, http.StatusCreated)
	return link{verification: verification, attempt: r.text(t, "attempt_id"), certify: r.text(t, "call.certify_id"), url: r.text(t, "call.url")}
}

// show opens the link on somebody's phone and acts there; it returns the client's
// result and error code.
func (s *fixture) show(t *testing.T, l link, openID, action string) (result, code string) {
	t.Helper()
	if !strings.HasPrefix(l.url, s.URL) {
		t.Fatalf("the link leads elsewhere")
	}
	caller{}.get(t, l.url).is(t, http.StatusOK)
	form := url.Values{"certify_id": {l.certify}, "open_id": {openID}, "action": {action}}
	got := caller{base: s.URL}.send(t, request{
		method: http.MethodPost, path: "/sandbox/face", body: []byte(form.Encode()),
		header: map[string]string{"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
	}).is(t, http.StatusOK)
	return got.text(t, "resultStatus"), got.text(t, "result.errorCode")
}

func (v *client) finishFace(t *testing.T, l link) reply {
	t.Helper()
	return v.post(t, "/v1/verifications/"+l.verification+"/face/result", members{"attempt_id": l.attempt})
}

// face goes through one face check and returns the answer of the server.
func (v *client) face(t *testing.T, verification, action string) reply {
	t.Helper()
	l := v.startFace(t, verification)
	v.fixture.show(t, l, v.OpenID, action)
	return v.finishFace(t, l).is(t, http.StatusOK)
}

func (v *client) bankCard(t *testing.T, verification string) reply {
	t.Helper()
	return v.post(t, "/v1/verifications/"+verification+"/bank-card", members{"card": v.Card, "phone": v.Phone})
}

// gainAccess passes face and bank card and accepts the portrait.
func (v *client) gainAccess(t *testing.T) (verification string) {
	t.Helper()
	v.consent(t, "access")
	verification = v.begin(t, v.document())
	if state := v.face(t, verification, alipaytest.ActionPass).text(t, "state"); state != "passed" {
		t.Fatalf("the face ended in %q", state)
	}
	if next := v.get(t, "/v1/verifications/"+verification).text(t, "next.check"); next == "bank_card" {
		if state := v.bankCard(t, verification).is(t, http.StatusOK).text(t, "state"); state != "passed" {
			t.Fatalf("the bank card ended in %q", state)
		}
	}
	v.post(t, "/v1/verifications/"+verification+"/portrait/accept", nil).is(t, http.StatusOK)
	return verification
}

// enter logs a person in and gains access.
func (s *fixture) enter(t *testing.T, p people.Person) *client {
	t.Helper()
	v := s.login(t, p)
	v.gainAccess(t)
	return v
}

// shown is a todo as a session was shown it.
type shown struct {
	id, digest string
	revision   int64
}

// push makes the sandbox's registry push a sample case of a person and returns its id.
func (s *fixture) push(t *testing.T, p people.Person) (caseID string) {
	t.Helper()
	caseID = fmt.Sprintf("case-%d", s.serial.Add(1)+int64(rand.IntN(1<<30))<<20)
	if _, err := s.Cases.PutCase(t.Context(), caseID, harness.SampleCase(p, time.Now())); err != nil {
		t.Fatal(err)
	}
	return caseID
}

// pushed returns the state of the sandbox's case, signer by signer.
func (s *fixture) pushed(t *testing.T, caseID string) registrytest.CaseState {
	t.Helper()
	state, err := s.Cases.GetCase(t.Context(), caseID)
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// read opens a todo.
func (v *client) read(t *testing.T, todoID string) shown {
	t.Helper()
	r := v.get(t, "/v1/todos/"+todoID).is(t, http.StatusOK)
	var seen struct {
		Revision int64  `json:"revision"`
		Digest   string `json:"content_digest"`
	}
	if err := json.Unmarshal(r.body, &seen); err != nil {
		t.Fatal(err)
	}
	return shown{id: todoID, digest: seen.Digest, revision: seen.Revision}
}

// openTodo pushes a case of the client and reads the first signer's todo.
func (v *client) openTodo(t *testing.T) (shown, string) {
	t.Helper()
	caseID := v.fixture.push(t, v.Person)
	return v.read(t, v.fixture.pushed(t, caseID).Signers[0].TodoID), caseID
}

func (v *client) beginConfirm(t *testing.T, s shown) reply {
	t.Helper()
	return v.post(t, "/v1/verifications", members{
		"purpose": "confirm", "todo_id": s.id, "revision": s.revision, "content_digest": s.digest,
	})
}

// passFor passes the second face check for a todo.
func (v *client) passFor(t *testing.T, s shown) (verification string) {
	t.Helper()
	v.consent(t, "confirm")
	verification = v.beginConfirm(t, s).is(t, http.StatusCreated).text(t, "id")
	if state := v.face(t, verification, alipaytest.ActionPass).text(t, "state"); state != "passed" {
		t.Fatalf("the second face ended in %q", state)
	}
	return verification
}

// yes is the body of a confirmation.
func (s shown) yes(verification, strokes string) members {
	return members{
		"verification_id": verification, "revision": s.revision, "content_digest": s.digest, "strokes": strokes,
	}
}

// no is the body of a refusal.
func (s shown) no() members {
	return members{"revision": s.revision, "content_digest": s.digest, "reason": "not_mine"}
}

func (v *client) confirm(t *testing.T, s shown, verification string) reply {
	t.Helper()
	return v.post(t, "/v1/todos/"+s.id+"/confirmation", s.yes(verification, handwriting()))
}

// handwriting returns a new signature.
func handwriting() string {
	signature := todo.Strokes{Width: 600, Height: 300}
	millis := 0
	for row := range 4 {
		x, y := 50+rand.IntN(40), 40+row*60+rand.IntN(20)
		var stroke []todo.Point
		for range 16 {
			stroke = append(stroke, todo.Point{X: x, Y: y, Millis: millis})
			x, y, millis = x+10+rand.IntN(16), y+rand.IntN(7)-3, millis+8+rand.IntN(9)
		}
		signature.Strokes = append(signature.Strokes, stroke)
	}
	return signature.Encode()
}
