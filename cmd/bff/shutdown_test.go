package main

import (
	"crypto/rand"
	"net/http"
	"sync"
	"testing"
	"time"

	"renzheng/sql/storetest"
	"renzheng/test/harness"
	"renzheng/test/people"
)

// pending is a confirmation that is ready to be sent, again and again under one
// key.
type pending struct {
	*client

	todo string
	sent request
}

// prepare brings a person to the last step.
func (s *fixture) prepare(t *testing.T) pending {
	t.Helper()
	v := s.enter(t, s.newPerson(people.Passes))
	shown, _ := v.openTodo(t)
	return pending{client: v, todo: shown.id, sent: request{
		method: http.MethodPost, path: "/v1/todos/" + shown.id + "/confirmation",
		body: shown.yes(v.passFor(t, shown), handwriting()), key: rand.Text(),
	}}
}

// A stop in the middle of confirmations loses none that was acknowledged, and
// the server ends well; started again it takes those that it turned away.
func TestServe_StopsWithoutLosingAnAnswer(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			tr := newProcessFixture(t, fixtureOptions{engine: &engine})
			const persons = 24
			var all []pending
			for range persons {
				all = append(all, tr.prepare(t))
			}
			acknowledged := make(chan pending, persons)
			var group sync.WaitGroup
			for _, p := range all {
				group.Go(func() {
					if got, err := p.try(p.sent); err == nil && got.status == http.StatusCreated {
						acknowledged <- p
					}
				})
			}
			first := <-acknowledged // the others are on their way
			tr.stop(t)
			group.Wait()
			close(acknowledged)
			tr.mustHave(t, first)
			for p := range acknowledged {
				tr.mustHave(t, p)
			}
			tr.restart(t)
			for _, p := range all {
				p.send(t, p.sent).is(t, http.StatusCreated)
				tr.mustHave(t, p)
			}
			tr.stop(t)
		})
	}
}

// mustHave requires one answer to a todo, and one event of it.
func (s *fixture) mustHave(t *testing.T, p pending) {
	t.Helper()
	if n := s.rows.count(t, "SELECT COUNT(*) FROM confirmations WHERE todo_id = ?", p.todo); n != 1 {
		t.Errorf("got %d confirmations of a todo, want 1", n)
	}
	if n := s.rows.count(t, "SELECT COUNT(*) FROM events WHERE todo_id = ? AND type = 'todo.confirmed'", p.todo); n != 1 {
		t.Errorf("got %d events of a confirmation, want 1", n)
	}
}

// A request that waits for a third party when the server is told to stop gets
// its answer, and no new one is taken.
func TestServe_StopsWhenRunningRequestsHaveEnded(t *testing.T) {
	t.Parallel()
	tr := newProcessFixture(t, fixtureOptions{engine: &storetest.Engines(t)[0]})
	v := tr.login(t, tr.newPerson(people.CardUnresolved)) // the card network's answer is lost
	v.consent(t, "access")
	verification := v.begin(t, v.document())
	v.face(t, verification, "pass")
	card := request{
		method: http.MethodPost, path: "/v1/verifications/" + verification + "/bank-card",
		body: members{"card": v.Card, "phone": v.Phone}, key: rand.Text(),
	}
	var got reply
	var failed error
	answered := make(chan struct{})
	go func() {
		defer close(answered)
		got, failed = v.try(card)
	}()
	until(t, "the card network is asked", func() bool { return len(tr.Tencent.Decisions()) == 1 })
	tr.stop(t)
	<-answered
	if failed != nil {
		t.Fatalf("the running request was cut off: %v", failed)
	}
	if state := got.is(t, http.StatusOK).text(t, "state"); state != "unresolved" {
		t.Errorf("the card ended in %q, want unresolved", state)
	}
	if _, err := v.try(request{method: http.MethodGet, path: "/v1/session"}); err == nil {
		t.Error("an ended server answers")
	}
	tr.restart(t)
	if state := v.send(t, card).is(t, http.StatusOK).text(t, "state"); state != "unresolved" {
		t.Errorf("repeated under its key, the card ended in %q", state)
	}
	tr.stop(t)
}

// A load balancer learns of a stop while the server still serves.
func TestServe_IsNotReadyBeforeItStops(t *testing.T) {
	t.Parallel()
	engine := storetest.Engines(t)[0]
	tr := newProcessFixture(t, fixtureOptions{engine: &engine, settings: harness.Settings{"BFF_SHUTDOWN_PAUSE": "5s"}})
	server := tr.servers[0]
	ended := make(chan error, 1)
	go func() { ended <- server.Stop() }()
	status := func(path string) int {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+path, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatalf("%s was not answered before a load balancer could know: %v", path, err)
		}
		_ = answer.Body.Close()
		return answer.StatusCode
	}
	for status("/readyz") != http.StatusServiceUnavailable {
		<-time.After(20 * time.Millisecond)
	}
	if got := status("/v1/failures"); got != http.StatusOK {
		t.Errorf("got %d while the server is about to stop, want 200", got)
	}
	if err := <-ended; err != nil {
		t.Errorf("the server ended with %v", err)
	}
}
