package main

import (
	"bytes"
	"crypto/rand"
	"net/http"
	"sync"
	"testing"

	"renzheng/sql/storetest"
	"renzheng/test/people"
)

const impatience = 100 // calls at once

// TestConfirm_OnceFromTwoReplicas sends one confirmation a hundred times at once,
// first as an impatient client does, with one key, then as a hundred clients.
func TestConfirm_OnceFromTwoReplicas(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		replicas := 2
		if engine.Name == "sqlite" {
			replicas = 1 // the embedded database is of one server
		}
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			s := newFixture(t, fixtureOptions{engine: &engine, replicas: replicas})
			v := s.enter(t, s.newPerson(people.ThreeRoles))
			signers := s.pushed(t, s.push(t, v.Person)).Signers
			v.confirmWithOneKey(t, v.read(t, signers[0].TodoID))
			v.confirmWithManyKeys(t, v.read(t, signers[1].TodoID))
		})
	}
}

func (v *client) confirmWithOneKey(t *testing.T, seen shown) {
	t.Helper()
	key, body := rand.Text(), seen.yes(v.passFor(t, seen), handwriting())
	replies := v.atOnce(t, func() request {
		return request{method: http.MethodPost, path: "/v1/todos/" + seen.id + "/confirmation", key: key, body: body}
	})
	first := 0
	for _, r := range replies {
		if r.status != http.StatusCreated || !bytes.Equal(r.body, replies[0].body) ||
			r.header.Get("Location") != replies[0].header.Get("Location") {
			t.Fatalf("got the answers %d %s and %d %s to one key", replies[0].status, replies[0].body, r.status, r.body)
		}
		if r.header.Get("Idempotency-Replayed") == "" {
			first++
		}
	}
	if first != 1 {
		t.Errorf("got %d answers that claim to be the first, want 1", first)
	}
	v.fixture.answeredOnce(t, seen)
}

func (v *client) confirmWithManyKeys(t *testing.T, seen shown) {
	t.Helper()
	pass := v.passFor(t, seen)
	replies := v.atOnce(t, func() request {
		return request{
			method: http.MethodPost, path: "/v1/todos/" + seen.id + "/confirmation", key: rand.Text(),
			body: seen.yes(pass, handwriting()),
		}
	})
	made := ""
	for _, r := range replies {
		if r.status == http.StatusCreated {
			if made != "" {
				t.Fatal("the todo was confirmed twice")
			}
			made = r.header.Get("Location")
		}
	}
	for _, r := range replies {
		if r.status == http.StatusCreated {
			continue
		}
		r.refused(t, http.StatusConflict, "todo_already_answered")
		if standing := r.text(t, "confirmation"); standing != made {
			t.Errorf("got %q for the answer that stands, want %q", standing, made)
		}
	}
	v.fixture.answeredOnce(t, seen)
}

// answeredOnce requires one confirmation with one event, which reaches the
// registry.
func (s *fixture) answeredOnce(t *testing.T, seen shown) {
	t.Helper()
	for _, table := range []string{"confirmations", "events"} {
		if n := s.rows.count(t, "SELECT COUNT(*) FROM "+table+" WHERE todo_id = ?", seen.id); n != 1 {
			t.Errorf("got %d %s, want 1", n, table)
		}
	}
	until(t, "the registry has the event", func() bool {
		for _, record := range s.Registry.Records() {
			if record.Event.Data.TodoID == seen.id {
				return true
			}
		}
		return false
	})
}

// atOnce sends requests in parallel, in turn to each replica.
func (v *client) atOnce(t *testing.T, draw func() request) []reply {
	t.Helper()
	replies, start := [impatience]reply{}, new(sync.WaitGroup)
	var ended sync.WaitGroup
	start.Add(1)
	for i := range replies {
		c := caller{base: v.fixture.urls[i%len(v.fixture.urls)], token: v.token}
		r := draw()
		ended.Go(func() {
			start.Wait()
			var err error
			if replies[i], err = c.try(r); err != nil {
				t.Error(err)
			}
		})
	}
	start.Done()
	ended.Wait()
	return replies[:]
}
