package bff_test

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"renzheng/providers/registry"
	"renzheng/todo"
)

const registryDocument = "../docs/registry.md"

// pushedEvents makes the deliveries of a registry, and returns the body of each type for the first case.
func (w *fixture) pushedEvents(t *testing.T) map[todo.EventType][]byte {
	t.Helper()
	bodies, cases := map[todo.EventType][]byte{}, map[todo.EventType]string{}
	callback := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		var event struct {
			Type todo.EventType
			Data struct {
				CaseID string `json:"case_id"`
			}
		}
		if err != nil || json.Unmarshal(body, &event) != nil {
			t.Errorf("got %s, want an event", body)
		}
		w.mu.Lock()
		defer w.mu.Unlock()
		if bodies[event.Type] == nil || event.Data.CaseID < cases[event.Type] {
			bodies[event.Type], cases[event.Type] = body, event.Data.CaseID
		}
	}))
	defer callback.Close()
	directory, err := registry.LoadFile([]byte(`{"registries": [{"id": "beijing", "name": "北京市市场监督管理局",
		"keys": [{"id": "k", "alg": "ed25519", "public_key": "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n"}],
		"callback": {"url": "` + callback.URL + `", "allow": ["127.0.0.1"], "secret": "whsec_` + strings.Repeat("c2VjcmV0", 4) + `"}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	deliverer := registry.NewDeliverer(registry.DelivererConfig{Directory: directory, Clock: w.clock, Environment: "sandbox"})
	defer deliverer.Close()
	rules := w.todos(w.ring)
	rules.Deliverer = deliverer
	for {
		if _, err = rules.Sequence(t.Context()); err != nil {
			t.Fatal(err)
		}
		n, err := rules.Deliver(t.Context(), "beijing")
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			return bodies
		}
	}
}

// answerSamples takes cases through everything that a registry is told of, and returns the evidence of the first answer.
func (w *fixture) answerSamples(t *testing.T) []byte {
	t.Helper()
	w.rows.AnnounceProgress(func() []string { return []string{"beijing"} })
	p := w.enter(t)
	shown := p.detail(t, w.push(t, "2026-0815", sampleCase(1)).want(t, http.StatusCreated, "").list(t, "signers")[0])
	w.pass(time.Minute)
	answer := p.sign(t, shown)
	w.pass(time.Minute)
	p.call(t, http.MethodPost, "/v1/todos/"+shown.text(t, "id")+"/confirmation", answer).want(t, http.StatusCreated, "")
	evidence := w.registry(t, http.MethodGet, "/cases/2026-0815/signers/s1/evidence?revision=1").want(t, http.StatusOK, "").body

	shown = p.detail(t, w.push(t, "2026-0816", sampleCase(1)).want(t, http.StatusCreated, "").list(t, "signers")[0])
	p.call(t, http.MethodPost, "/v1/todos/"+shown.text(t, "id")+"/refusal", object{
		"revision": 1, "content_digest": shown.text(t, "content_digest"), "reason": "not_mine",
	}).want(t, http.StatusCreated, "")
	other := sampleCase(1)
	other["signers"] = []object{{"signer_id": "s1", "role": "股东", "document": with(zhang(), "name", "张某")}}
	w.push(t, "2026-0817", other).want(t, http.StatusCreated, "")
	p.get(t, "/v1/todos").want(t, http.StatusOK, "") // finds the other name
	w.push(t, "2026-0818", sampleCase(1)).want(t, http.StatusCreated, "")
	w.pass(time.Minute)
	w.push(t, "2026-0818", with(sampleCase(2), "items", []object{})).want(t, http.StatusOK, "") // and then nobody answers
	return evidence
}

func TestRegistry_SamplesOfTheDocument(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	evidence := w.answerSamples(t)
	unfetched, _ := w.enterAs(t, "zhang", zhang())
	shown := unfetched.detail(t, w.push(t, "2026-0819", sampleCase(1)).want(t, http.StatusCreated, "").list(t, "signers")[0])
	unfetched.call(t, http.MethodPost, "/v1/todos/"+shown.text(t, "id")+"/confirmation", unfetched.sign(t, shown)).want(t, http.StatusCreated, "")
	w.pass(todo.Window)
	if _, err := w.deps.Todos.Expire(t.Context()); err != nil {
		t.Fatal(err)
	}
	bodies := w.pushedEvents(t)
	w.pass(150 * 24 * time.Hour)
	if _, err := w.deps.Todos.AnnouncePortraits(t.Context()); err != nil {
		t.Fatal(err)
	}
	maps.Copy(bodies, w.pushedEvents(t))
	var events strings.Builder
	for _, kind := range []todo.EventType{
		todo.EventConfirmed, todo.EventDeclined, todo.EventExpired, todo.EventSuperseded, todo.EventNameMismatch, todo.EventViewed,
		todo.EventVerified, todo.EventPortraitExpiring,
	} {
		if bodies[kind] == nil {
			t.Fatalf("no event %s happened", kind)
		}
		events.WriteString(jsonBlock(t, bodies[kind]))
	}
	sample(t, registryDocument, "events", events.String())

	var file struct{ Receipt string }
	if err := json.Unmarshal(evidence, &file); err != nil {
		t.Fatal(err)
	}
	statement, err := base64.RawURLEncoding.DecodeString(strings.Split(file.Receipt, ".")[1])
	if err != nil {
		t.Fatal(err)
	}
	sample(t, registryDocument, "evidence", jsonBlock(t, evidence)+"\nIts receipt states:\n"+jsonBlock(t, statement))
}
