package bff_test

import (
	"net/http"
	"testing"
)

func (w *world) registry(t *testing.T, method, path string) reply {
	t.Helper()
	return w.send(t, request{method: method, path: "/registry/v1" + path, registry: "beijing"})
}

func TestRegistry_PushesRevisions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.push(t, "case-1", sampleCase(1)).want(t, http.StatusCreated, "")
	if first.header.Get("Location") != "/registry/v1/cases/case-1" || first.json(t)["changed"] != true {
		t.Errorf("got %s", first.body)
	}
	same := w.push(t, "case-1", sampleCase(1)).want(t, http.StatusOK, "")
	if same.json(t)["changed"] != false || same.list(t, "signers")[0]["todo_id"] != first.list(t, "signers")[0]["todo_id"] {
		t.Errorf("a repetition changed something: %s", same.body)
	}
	w.push(t, "case-1", with(sampleCase(1), "items", []object{})).want(t, http.StatusConflict, "case_revision_conflict")
	next := w.push(t, "case-1", with(sampleCase(2), "items", []object{})).want(t, http.StatusOK, "")
	if next.list(t, "signers")[0]["todo_id"] == first.list(t, "signers")[0]["todo_id"] {
		t.Errorf("other content kept its todo: %s", next.body)
	}
	if stands := w.registry(t, http.MethodGet, "/cases/case-1").want(t, http.StatusOK, ""); stands.json(t)["revision"] != 2.0 {
		t.Errorf("got %s", stands.body)
	}
	w.registry(t, http.MethodDelete, "/cases/case-1").want(t, http.StatusNoContent, "")
	w.push(t, "case-1", sampleCase(3)).want(t, http.StatusConflict, "case_withdrawn")
}

func TestRegistry_SeesItsOwnCasesOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.push(t, "case-1", sampleCase(1)).want(t, http.StatusCreated, "")
	for _, call := range []request{
		{method: http.MethodGet, path: "/registry/v1/cases/case-1"},
		{method: http.MethodDelete, path: "/registry/v1/cases/case-1"},
		{method: http.MethodGet, path: "/registry/v1/cases/case-1/signers/s1/evidence"},
		{method: http.MethodPost, path: "/registry/v1/cases/case-1/signers/s1/close"},
	} {
		call.registry = "tianjin"
		w.send(t, call).want(t, http.StatusNotFound, "not_found")
	}
}

func TestRegistry_ClosesASignerAtTheWindow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.push(t, "case-1", sampleCase(1)).want(t, http.StatusCreated, "")
	first := w.registry(t, http.MethodPost, "/cases/case-1/signers/s1/close").want(t, http.StatusOK, "")
	again := w.registry(t, http.MethodPost, "/cases/case-1/signers/s1/close").want(t, http.StatusOK, "")
	if first.text(t, "decision") != "done_at_window" || first.text(t, "receipt") == "" || string(first.body) != string(again.body) {
		t.Errorf("got %s and %s", first.body, again.body)
	}
}

func TestRegistry_PullsItsEvents(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.enter(t)
	shown := p.openTodo(t)
	p.call(t, http.MethodPost, "/v1/todos/"+shown.text(t, "id")+"/refusal", object{
		"revision": 1, "content_digest": shown.text(t, "content_digest"), "reason": "not_agreed",
	}).want(t, http.StatusCreated, "")
	if _, err := w.rows.Sequence(t.Context(), w.clock(), 10); err != nil {
		t.Fatal(err)
	}
	feed := w.registry(t, http.MethodGet, "/events?after=0").want(t, http.StatusOK, "")
	events := feed.list(t, "events")
	if len(events) != 1 || events[0]["type"] != "todo.refused" || events[0]["receipt"] == nil || feed.json(t)["next_after"] != 1.0 {
		t.Fatalf("got %s", feed.body)
	}
	id, _ := events[0]["id"].(string)
	w.registry(t, http.MethodPost, "/events/"+id+"/redeliver").want(t, http.StatusNoContent, "")
	w.registry(t, http.MethodPost, "/events/evt_1/redeliver").want(t, http.StatusNotFound, "not_found")
	if rest := w.registry(t, http.MethodGet, "/events?after=1").want(t, http.StatusOK, ""); len(rest.list(t, "events")) != 0 {
		t.Errorf("got %s, want nothing more", rest.body)
	}
}
