package bff_test

import (
	"encoding/binary"
	"net/http"
	"slices"
	"testing"

	"renzheng/receipt"
	"renzheng/todo"
)

// person is somebody with a session, on the way to a confirmation.
type person struct {
	w     *fixture
	token string
}

func (p person) call(tb testing.TB, method, path string, body any) reply {
	tb.Helper()
	return p.w.send(tb, request{method: method, path: path, body: body, token: p.token, key: newKey()})
}

func (w *fixture) login(tb testing.TB, user string) person {
	tb.Helper()
	got := w.send(tb, request{method: http.MethodPost, path: "/v1/sessions", key: newKey(), body: object{
		"channel": "alipay", "auth_code": user + "-" + newKey(), "client": object{"platform": "android", "version": "14"},
	}}).want(tb, http.StatusCreated, "")
	return person{w, got.text(tb, "token")}
}

// agree accepts the notices of both purposes.
func (p person) agree(tb testing.TB) person {
	tb.Helper()
	var ticked []object
	for _, purpose := range []string{"access", "confirm"} {
		got := p.w.send(tb, request{method: http.MethodGet, path: "/v1/notices?purpose=" + purpose}).want(tb, http.StatusOK, "")
		for _, n := range got.list(tb, "notices") {
			ticked = append(ticked, object{"id": n["id"], "version": n["version"], "hash": n["hash"]})
		}
	}
	p.call(tb, http.MethodPost, "/v1/consents", object{"notices": ticked}).want(tb, http.StatusOK, "")
	return p
}

func zhang() object {
	return object{"type": "resident_id", "number": zhangNumber, "name": zhangName}
}

// start starts an access verification and returns its address.
func (p person) start(tb testing.TB) string {
	tb.Helper()
	got := p.call(tb, http.MethodPost, "/v1/verifications", object{"purpose": "access", "document": zhang()})
	return got.want(tb, http.StatusCreated, "").header.Get("Location")
}

// face passes the face of a verification.
func (p person) face(tb testing.TB, verification string) {
	tb.Helper()
	attempt := p.call(tb, http.MethodPost, verification+"/face", nil).want(tb, http.StatusCreated, "").text(tb, "attempt_id")
	got := p.call(tb, http.MethodPost, verification+"/face/result", object{"attempt_id": attempt}).want(tb, http.StatusOK, "")
	if got.text(tb, "kind") != "passed" {
		tb.Fatalf("the face did not pass: %s", got.body)
	}
}

func card() object { return object{"card": zhangCard, "phone": zhangPhone} }

// enter goes all the way to an access grant for Zhang.
func (w *fixture) enter(tb testing.TB) person {
	tb.Helper()
	p := w.login(tb, "zhang").agree(tb)
	verification := p.start(tb)
	p.face(tb, verification)
	p.call(tb, http.MethodPost, verification+"/bank-card", card()).want(tb, http.StatusOK, "")
	p.call(tb, http.MethodPost, verification+"/portrait/accept", nil).want(tb, http.StatusOK, "")
	return p
}

// sampleCase asks zhang as shareholder.
func sampleCase(revision int) object {
	return object{
		"revision": revision,
		"header": object{
			"enterprise_name": "北京示例科技有限公司", "business_kind": "establishment", "mode": "online", "applied_on": "2026-11-20",
		},
		"items": []object{{"label": "注册资本", "value": "壹佰万元"}},
		"signers": []object{{
			"signer_id": "s1", "role": "股东", "document": zhang(), "items": []object{{"label": "出资比例", "value": "百分之六十"}},
		}},
	}
}

func (w *fixture) push(tb testing.TB, caseID string, body any) reply {
	tb.Helper()
	return w.send(tb, request{
		method: http.MethodPut, path: "/registry/v1/cases/" + caseID, body: body, registry: "beijing",
	})
}

// openTodo pushes case-1 and returns its todo as shown.
func (p person) openTodo(tb testing.TB) reply {
	tb.Helper()
	p.w.push(tb, "case-1", sampleCase(1)).want(tb, http.StatusCreated, "")
	rows := p.call(tb, http.MethodGet, "/v1/todos", nil).want(tb, http.StatusOK, "").list(tb, "todos")
	id, _ := rows[0]["id"].(string)
	return p.call(tb, http.MethodGet, "/v1/todos/"+id, nil).want(tb, http.StatusOK, "")
}

// sign passes the second check for a todo and returns the body that confirms it.
func (p person) sign(tb testing.TB, shown reply) object {
	tb.Helper()
	bound := object{
		"purpose": "confirm", "todo_id": shown.text(tb, "id"), "revision": shown.json(tb)["revision"],
		"content_digest": shown.text(tb, "content_digest"),
	}
	verification := p.call(tb, http.MethodPost, "/v1/verifications", bound).want(tb, http.StatusCreated, "")
	p.face(tb, verification.header.Get("Location"))
	return object{
		"verification_id": verification.text(tb, "id"), "revision": bound["revision"],
		"content_digest": bound["content_digest"], "strokes": handwriting(),
	}
}

// handwriting is never the same twice.
func handwriting() string {
	var salt [8]byte
	copy(salt[:], newKey())
	n := int(binary.BigEndian.Uint64(salt[:]) % 200)
	copy(salt[:], newKey())
	m := int(binary.BigEndian.Uint64(salt[:]) % 250)
	return todo.Strokes{Width: 600, Height: 300, Strokes: [][]todo.Point{
		{{X: 40, Y: 60}, {X: 90 + n, Y: 60, Millis: 20 + m}, {X: 240 + m, Y: 55, Millis: 661}},
		{{X: 140, Y: 10, Millis: 800}, {X: 120 + n, Y: 280, Millis: 1420 + m}},
	}}.Encode()
}

func TestJourney_FromSessionToSignedConfirmation(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.enter(t)
	shown := p.openTodo(t)
	body := p.sign(t, shown)
	path := "/v1/todos/" + shown.text(t, "id") + "/confirmation"
	key := newKey()
	confirm := request{method: http.MethodPost, path: path, body: body, token: p.token, key: key}
	first := w.send(t, confirm).want(t, http.StatusCreated, "")
	self := first.header.Get("Location")
	if first.text(t, "links", "self") != self || first.text(t, "decision") != "confirmed" || first.text(t, "kind") != "yes" {
		t.Errorf("not a confirmation: %s", first.body)
	}

	again := w.send(t, confirm).want(t, http.StatusCreated, "")
	if string(again.body) != string(first.body) || again.header.Get("Idempotency-Replayed") != "true" {
		t.Errorf("a repetition got another answer: %s", again.body)
	}
	other := p.call(t, http.MethodPost, path, body).want(t, http.StatusConflict, "todo_already_answered")
	if other.text(t, "confirmation") != self {
		t.Errorf("got %q, want the answer that stands, %s", other.text(t, "confirmation"), self)
	}

	p.call(t, http.MethodGet, self, nil).want(t, http.StatusOK, "")
	if rows := p.call(t, http.MethodGet, "/v1/confirmations", nil).list(t, "confirmations"); len(rows) != 1 {
		t.Errorf("got %d records, want 1", len(rows))
	}
	proof := p.call(t, http.MethodGet, self+"/receipt", nil).want(t, http.StatusOK, "")
	evidence := w.send(t, request{
		method: http.MethodGet, path: "/registry/v1/cases/case-1/signers/s1/evidence", registry: "beijing",
	}).want(t, http.StatusOK, "")
	report, err := receipt.Verify(proof.body, w.deps.JWKS())
	if err != nil {
		t.Fatalf("the receipt does not verify as it was served: %v", err)
	}
	if _, err := todo.CheckEvidence(evidence.body, report); err != nil {
		t.Errorf("the evidence does not fit as it was served: %v", err)
	}
	var kinds []string
	for _, check := range report.Statement.Access.Checks {
		if check.PassedAt.IsZero() {
			t.Errorf("check %s has no time", check.Kind)
		}
		kinds = append(kinds, check.Kind)
	}
	if !slices.Equal(kinds, []string{"face", "bank_card"}) || report.Statement.Verification.ID == report.Statement.Access.ID {
		t.Errorf("got access by %v, want face and bank card of another verification than the second face", kinds)
	}
}

// The registry's statement is not among the person's own answers, so the problem must not name it.
func TestJourney_AnswerAfterTheWindowNamesNoConfirmation(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.enter(t)
	shown := p.openTodo(t)
	w.registry(t, http.MethodPost, "/cases/case-1/signers/s1/close").want(t, http.StatusOK, "")
	got := p.call(t, http.MethodPost, "/v1/todos/"+shown.text(t, "id")+"/refusal", object{
		"revision": 1, "content_digest": shown.text(t, "content_digest"), "reason": "not_mine",
	}).want(t, http.StatusConflict, "todo_already_answered")
	if link := got.json(t)["confirmation"]; link != nil {
		t.Errorf("got %v, want no confirmation named", link)
	}
}

func TestJourney_ReceiptOfADeclineListsTheChecksOfTheAccess(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.enter(t)
	shown := p.openTodo(t)
	made := p.call(t, http.MethodPost, "/v1/todos/"+shown.text(t, "id")+"/refusal", object{
		"revision": 1, "content_digest": shown.text(t, "content_digest"), "reason": "not_mine",
	}).want(t, http.StatusCreated, "")
	proof := p.call(t, http.MethodGet, made.header.Get("Location")+"/receipt", nil).want(t, http.StatusOK, "")
	report, err := receipt.Verify(proof.body, w.deps.JWKS())
	if err != nil {
		t.Fatal(err)
	}
	if s := report.Statement; len(s.Access.Checks) != 2 || s.Access.AcceptedAt.IsZero() || s.Verification != nil {
		t.Errorf("got %+v, want face and bank card of the access alone", s.Access)
	}
	evidence := w.registry(t, http.MethodGet, "/cases/case-1/signers/s1/evidence").want(t, http.StatusOK, "")
	if _, err := todo.CheckEvidence(evidence.body, report); err != nil {
		t.Errorf("the evidence of a decline does not fit: %v", err)
	}
}
