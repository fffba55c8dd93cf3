package bff_test

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"renzheng/todo"
	"renzheng/verification"
	"renzheng/verification/failure"
)

func (v *sampledVisit) signIn(t *testing.T) {
	t.Helper()
	v.show(t, http.MethodGet, "/v1/session", nil, http.StatusUnauthorized).want(t, http.StatusUnauthorized, "session_required")
	v.step(t, "missing session")
	opened := v.show(t, http.MethodPost, "/v1/sessions", object{
		"channel": "alipay", "auth_code": "zhang-4b203fe6c11548bcabd8da5bb087a83b",
		"client": object{"platform": "android", "version": "14"},
	}, http.StatusCreated)
	v.step(t, "session")
	v.token = opened.text(t, "token")
	v.show(t, http.MethodPost, "/v1/session/prefill", object{"auth_code": "zhang-84a2c1d2e9b64f0c8e1fbb0c2c1a7e55"}, http.StatusOK)
	v.step(t, "prefill")
}

func (v *sampledVisit) consent(t *testing.T) {
	t.Helper()
	shown := v.show(t, http.MethodGet, "/v1/notices?purpose=access&channel=alipay&document_type=resident_id", nil, http.StatusOK)
	var ticked []object
	for _, n := range shown.list(t, "notices") {
		ticked = append(ticked, object{"id": n["id"], "version": n["version"], "hash": n["hash"]})
	}
	v.show(t, http.MethodPost, "/v1/consents", object{"notices": ticked}, http.StatusOK)
	v.step(t, "notices and consents")
}

// enter types a wrong number, fails the face once, and then passes all checks.
func (v *sampledVisit) enter(t *testing.T) {
	t.Helper()
	wrong := with(zhang(), "number", "110105194912310021")
	v.show(t, http.MethodPost, "/v1/verifications", object{"purpose": "access", "document": wrong}, http.StatusUnprocessableEntity).
		want(t, http.StatusUnprocessableEntity, "values_invalid")
	v.step(t, "rejected input")
	begun := v.show(t, http.MethodPost, "/v1/verifications", object{"purpose": "access", "use_prefill": true}, http.StatusCreated)
	v.step(t, "verification")
	path := begun.header.Get("Location")

	v.w.third.script(func(f *thirdParties) { f.face = verification.FaceResult{Outcome: verification.OutcomePending} })
	ask := object{"attempt_id": v.show(t, http.MethodPost, path+"/face", nil, http.StatusCreated).text(t, "attempt_id")}
	v.step(t, "face")
	v.show(t, http.MethodPost, path+"/face/result", ask, http.StatusAccepted)
	v.step(t, "pending face")
	v.w.third.script(func(f *thirdParties) {
		f.face = verification.FaceResult{Outcome: verification.OutcomeFailed, Failure: failure.FaceQuality}
	})
	v.show(t, http.MethodPost, path+"/face/result", ask, http.StatusOK)
	v.step(t, "failed face")
	v.w.third.script(func(f *thirdParties) { f.face = verification.FaceResult{} })
	ask["attempt_id"] = v.call(t, http.MethodPost, path+"/face", nil).want(t, http.StatusCreated, "").text(t, "attempt_id")
	v.show(t, http.MethodPost, path+"/face/result", ask, http.StatusOK)
	v.step(t, "passed face")

	v.show(t, http.MethodPost, path+"/bank-card", card(), http.StatusOK)
	v.step(t, "bank card")
	v.show(t, http.MethodGet, path+"/portrait", nil, http.StatusOK)
	v.show(t, http.MethodPost, path+"/portrait/accept", nil, http.StatusOK)
	v.step(t, "acceptance")
}

// answer confirms one todo and declines another.
func (v *sampledVisit) answer(t *testing.T) {
	t.Helper()
	v.w.push(t, "2026-0815", sampleCase(1)).want(t, http.StatusCreated, "")
	rows := v.show(t, http.MethodGet, "/v1/todos", nil, http.StatusOK).list(t, "todos")
	v.step(t, "todos")
	id, _ := rows[0]["id"].(string)
	opened := v.show(t, http.MethodGet, "/v1/todos/"+id, nil, http.StatusOK)
	v.step(t, "todo")

	v.agree(t)
	shown := object{"revision": opened.json(t)["revision"], "content_digest": opened.text(t, "content_digest")}
	begun := v.show(t, http.MethodPost, "/v1/verifications", with(with(shown, "purpose", "confirm"), "todo_id", id), http.StatusCreated)
	v.face(t, begun.header.Get("Location"))
	v.show(t, http.MethodGet, begun.header.Get("Location"), nil, http.StatusOK)
	v.step(t, "confirm verification")
	answer := with(with(shown, "verification_id", begun.text(t, "id")), "strokes", "AdgErAICA1B4AGQAFKwCCSkCxwFZ7wEnnAR4")
	made := v.show(t, http.MethodPost, "/v1/todos/"+id+"/confirmation", answer, http.StatusCreated)
	v.step(t, "confirmation")
	v.show(t, http.MethodGet, made.header.Get("Location")+"/receipt", nil, http.StatusOK)
	v.step(t, "receipt")
	v.show(t, http.MethodPost, "/v1/todos/"+id+"/confirmation", answer, http.StatusConflict).
		want(t, http.StatusConflict, "todo_already_answered")
	v.step(t, "second answer")

	other := v.detail(t, v.w.push(t, "2026-0816", sampleCase(1)).want(t, http.StatusCreated, "").list(t, "signers")[0])
	v.show(t, http.MethodPost, "/v1/todos/"+other.text(t, "id")+"/refusal", object{
		"revision": other.json(t)["revision"], "content_digest": other.text(t, "content_digest"), "reason": "not_mine",
	}, http.StatusCreated)
	v.step(t, "refusal")

	v.show(t, http.MethodGet, "/v1/notifications", nil, http.StatusOK)
	v.show(t, http.MethodPost, "/v1/notifications", nil, http.StatusCreated)
	v.step(t, "notifications")
}

func TestAPI_SamplesOfTheDocument(t *testing.T) {
	t.Parallel()
	v := &sampledVisit{person: person{w: newFixture(t).withoutOwnerChecks(t)}}
	v.w.deps.Todos.Notifiers = map[string]todo.Notifier{"alipay": &messenger{}}
	v.signIn(t)
	v.consent(t)
	v.enter(t)
	v.answer(t)
	document, err := os.ReadFile(samplesDocument)
	if err != nil {
		t.Fatal(err)
	}
	if places := strings.Count(string(document), " of a run: begin -->"); places != v.steps {
		t.Errorf("got %d places for samples in %s, want one for each of the %d steps", places, samplesDocument, v.steps)
	}
}
