package bff_test

import (
	"crypto/rand"
	"net/http"
	"strings"
	"testing"

	"renzheng/verification"
)

// resource is something that a request can name.
type resource struct {
	kind, id string
	of       string // the id of what it belongs to: for an attempt its verification, for a signer its case
	extra    object // the other members of a body that names it
}

// random returns a resource that does not exist, with an id of the same shape.
func (r resource) random() resource {
	prefix, _, _ := strings.Cut(r.id, "_")
	noise := make([]byte, len(r.id))
	rand.Read(noise)
	made := []byte(r.id)
	for i, c := range made {
		n := noise[i]
		switch {
		case i < len(prefix) && len(prefix) < len(r.id): // keeps the prefix of the kind
		case '0' <= c && c <= '9':
			made[i] = '0' + n%10
		case 'a' <= c && c <= 'z':
			made[i] = 'a' + n%26
		case 'A' <= c && c <= 'Z':
			made[i] = 'A' + n%26
		}
	}
	r.id = string(made)
	return r
}

// victim is Zhang, whose session has a live grant and one of everything, and the registry of Beijing with its cases.
type victim struct {
	person

	resources map[string][]resource // by kind
	name      string                // masked; the number looks like the contract's example
	secrets   []string              // only the victim and its registry may see them
}

func (v *victim) add(kind, id, of string, extra object) {
	v.resources[kind] = append(v.resources[kind], resource{kind: kind, id: id, of: of, extra: extra})
}

// newVictim creates a victim in a fixture.
func newVictim(t *testing.T, w *fixture) *victim {
	t.Helper()
	v := &victim{person: w.enter(t), resources: map[string][]resource{}}
	v.name = v.get(t, "/v1/session").text(t, "access", "document", "name_masked")
	v.pushCases(t)
	v.confirmed(t)
	v.underWay(t)
	v.invited(t)
	v.agreesToOwnerCheck(t)
	v.add("owner_check", v.call(t, http.MethodPut, "/v1/session/owner-check", nil).text(t, "id"), "", nil)
	for _, c := range v.get(t, "/v1/consents").list(t, "consents") {
		v.add("consent", textOf(c, "id"), "", nil)
	}
	v.opensAppeal(t)
	v.booksATime(t)
	v.add("erasure", v.get(t, "/v1/me/data").text(t, "erasure", "id"), "", nil)
	v.add("ticket", v.ask(t, object{"failure": "face_differs"}).text(t, "id"), "", nil)
	v.add("cursor", v.get(t, "/v1/todos?limit=1").text(t, "next_cursor"), "", nil)
	v.add("cursor", w.registry(t, http.MethodGet, "/cases?limit=1").text(t, "next_cursor"), "", nil)
	if _, err := w.rows.Sequence(t.Context(), w.clock(), 10); err != nil {
		t.Fatal(err)
	}
	for _, e := range w.registry(t, http.MethodGet, "/events?after=0").list(t, "events") {
		v.add("event", textOf(e, "id"), "", nil)
	}
	v.secrets = append(v.secrets, "北京甲科技有限公司", "北京乙科技有限公司", "北京丙科技有限公司")
	return v
}

func textOf(o object, name string) string {
	text, _ := o[name].(string)
	return text
}

// pushCases pushes three cases with Zhang as signer, and shows Zhang their todos.
func (v *victim) pushCases(t *testing.T) {
	t.Helper()
	for id, enterprise := range map[string]string{"case-1": "北京甲科技有限公司", "case-2": "北京乙科技有限公司", "case-3": "北京丙科技有限公司"} {
		body := sampleCase(1)
		header, _ := body["header"].(object)
		header["enterprise_name"] = enterprise
		pushed := v.w.push(t, id, body).want(t, http.StatusCreated, "")
		todoID := textOf(pushed.list(t, "signers")[0], "todo_id")
		digest := v.get(t, "/v1/todos/"+todoID).text(t, "content_digest")
		v.add("case", id, id, nil)
		v.add("signer", "s1", id, nil)
		v.add("todo", todoID, id, object{"revision": 1, "content_digest": digest})
		v.secrets = append(v.secrets, digest)
	}
}

// invited invites Zhang to the todo of one case, by a token and a code.
func (v *victim) invited(t *testing.T) {
	t.Helper()
	made := v.w.registry(t, http.MethodPost, "/cases/"+v.resources["todo"][1].of+"/signers/s1/invitation").want(t, http.StatusCreated, "")
	for _, name := range []string{"code", "scene"} {
		v.add("invitation", made.text(t, name), "", nil)
		v.opens(t, made.text(t, name)).want(t, http.StatusOK, "")
	}
}

// opensAppeal opens an appeal, with a file of which nothing has arrived yet.
func (v *victim) opensAppeal(t *testing.T) {
	t.Helper()
	path := v.opened(t, object{"failure": "account_limit"})
	id := strings.TrimPrefix(path, "/v1/appeals/")
	v.add("appeal", id, id, nil)
	made := v.call(t, http.MethodPost, path+"/materials", object{"item": "document_front", "bytes": 9}).want(t, http.StatusCreated, "")
	v.add("material", made.text(t, "id"), id, nil)
}

// booksATime takes a queue number and books a time.
func (v *victim) booksATime(t *testing.T) {
	t.Helper()
	taken := v.call(t, http.MethodPost, "/v1/queue-numbers", object{"office": "320500"}).want(t, http.StatusCreated, "")
	v.add("queue_number", taken.text(t, "id"), "", nil)
	made := v.books(t, object{"office": "320500", "starts_at": v.slots(t)[60], "failure": "face_differs"}).want(t, http.StatusCreated, "")
	v.add("appointment", made.text(t, "id"), "", nil)
}

// confirmed confirms the todo of one case.
func (v *victim) confirmed(t *testing.T) {
	t.Helper()
	answered := v.resources["todo"][0]
	verified, attempt := v.passConfirm(t, answered)
	v.add("verification", verified, verified, nil)
	v.add("attempt", attempt, verified, nil)
	body := with(with(answered.extra, "verification_id", verified), "strokes", handwriting())
	got := v.call(t, http.MethodPost, "/v1/todos/"+answered.id+"/confirmation", body).want(t, http.StatusCreated, "")
	v.add("confirmation", got.text(t, "id"), "", nil)
	v.secrets = append(v.secrets, v.get(t, "/v1/confirmations/"+got.text(t, "id")+"/receipt").text(t, "receipt"))
}

// underWay passes a confirm verification, which stays unused, and begins a verification of each purpose, whose faces
// stay open.
func (v *victim) underWay(t *testing.T) {
	t.Helper()
	passed, attempt := v.passConfirm(t, v.resources["todo"][1])
	v.add("verification", passed, passed, nil)
	v.add("attempt", attempt, passed, nil)
	v.w.third.script(func(f *thirdParties) { f.face = verification.FaceResult{Outcome: verification.OutcomePending} })
	for _, body := range []object{v.resources["todo"][2].confirm(), {"purpose": "access", "document": zhang()}} {
		begun := v.call(t, http.MethodPost, "/v1/verifications", body).want(t, http.StatusCreated, "")
		face := v.call(t, http.MethodPost, begun.header.Get("Location")+"/face", nil).want(t, http.StatusCreated, "")
		v.add("verification", begun.text(t, "id"), begun.text(t, "id"), nil)
		v.add("attempt", face.text(t, "attempt_id"), begun.text(t, "id"), nil)
	}
	v.w.third.script(func(f *thirdParties) { f.face = verification.FaceResult{} })
}

// confirm returns the body that begins a confirm verification for a todo.
func (r resource) confirm() object {
	return with(with(r.extra, "purpose", "confirm"), "todo_id", r.id)
}

// passConfirm passes a confirm verification for a todo, and returns the ids of the verification and its attempt.
func (p person) passConfirm(t *testing.T, todo resource) (verificationID, attemptID string) {
	t.Helper()
	p.get(t, "/v1/todos/"+todo.id).want(t, http.StatusOK, "")
	begun := p.call(t, http.MethodPost, "/v1/verifications", todo.confirm()).want(t, http.StatusCreated, "")
	path := begun.header.Get("Location")
	attemptID = p.call(t, http.MethodPost, path+"/face", nil).want(t, http.StatusCreated, "").text(t, "attempt_id")
	p.call(t, http.MethodPost, path+"/face/result", object{"attempt_id": attemptID}).want(t, http.StatusOK, "")
	return begun.text(t, "id"), attemptID
}

// state returns everything of the victim that others must not change, as the victim and the registry see it.
func (v *victim) state(t *testing.T) map[string]string {
	t.Helper()
	state := map[string]string{}
	look := func(path string) { state[path] = string(v.get(t, path).want(t, http.StatusOK, "").body) }
	for kind, list := range map[string]string{"todo": "todos", "confirmation": "confirmations", "verification": "verifications"} {
		for _, r := range v.resources[kind] {
			look("/v1/" + list + "/" + r.id)
		}
	}
	for _, r := range v.resources["case"] {
		path := "/cases/" + r.id
		state[path] = string(v.w.registry(t, http.MethodGet, path).want(t, http.StatusOK, "").body)
	}
	return state
}
