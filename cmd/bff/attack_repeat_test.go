package main

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"renzheng/test/harness"
	"renzheng/test/people"
)

func nonceUsedTwice(t *testing.T, s *fixture) {
	other := s.guests["other"].Client
	body, err := json.Marshal(harness.SampleCase(s.newPerson(people.Passes), time.Now()))
	if err != nil {
		t.Fatal(err)
	}
	first := draftPush(other, "nonce-1", body)
	first.send(t, other).is(t, http.StatusCreated)
	first.send(t, other).refused(t, http.StatusUnauthorized, "signature_replayed")
	elsewhere := draftPush(other, "nonce-2", body)
	elsewhere.signature.Nonce = first.signature.Nonce
	elsewhere.send(t, other).refused(t, http.StatusUnauthorized, "signature_replayed")
	if n := s.rows.count(t, "SELECT COUNT(*) FROM cases WHERE case_id = 'nonce-2'"); n != 0 {
		t.Errorf("got %d cases by a replayed nonce, want none", n)
	}
	// A nonce is of one key: another registry may draw the same.
	guest := s.guests["turning"].Client
	theirs := draftPush(guest, "nonce-1", body)
	theirs.signature.Nonce = first.signature.Nonce
	theirs.send(t, guest).is(t, http.StatusCreated)
}

func keyUsedTwice(t *testing.T, s *fixture) {
	v, other := s.login(t, s.newPerson(people.Passes)), s.login(t, s.newPerson(people.Passes))
	key := rand.Text()
	begin := func(w *client, p people.Person) reply {
		return w.send(t, request{
			method: http.MethodPost, path: "/v1/verifications", key: key,
			body: members{"purpose": "access", "document": documentOf(p)},
		})
	}
	first := begin(v, v.Person).is(t, http.StatusCreated)
	again := begin(v, v.Person).is(t, http.StatusCreated)
	if !bytes.Equal(first.body, again.body) || again.header.Get("Idempotency-Replayed") != "true" ||
		again.header.Get("Location") != first.header.Get("Location") {
		t.Errorf("a repetition was answered %s, want what came first", again.body)
	}
	begin(v, other.Person).refused(t, http.StatusUnprocessableEntity, "idempotency_key_reused")
	if n := s.rows.count(t, "SELECT COUNT(*) FROM verifications WHERE session_id = ?", v.session); n != 1 {
		t.Errorf("got %d verifications, want 1", n)
	}
	theirs := begin(other, other.Person).is(t, http.StatusCreated)
	if theirs.header.Get("Idempotency-Replayed") != "" || theirs.text(t, "id") == first.text(t, "id") {
		t.Error("somebody else with the same key got the first one's answer")
	}
}

func answerKeyUsedTwice(t *testing.T, s *fixture) {
	r, other := s.ready(t), s.ready(t)
	key, body := rand.Text(), r.seen.yes(r.pass, handwriting())
	confirm := func(w ready, body any) reply {
		return w.send(t, request{method: http.MethodPost, path: "/v1/todos/" + w.seen.id + "/confirmation", key: key, body: body})
	}
	first := confirm(r, body).is(t, http.StatusCreated)
	again := confirm(r, body).is(t, http.StatusCreated)
	if !bytes.Equal(first.body, again.body) || again.header.Get("Idempotency-Replayed") != "true" {
		t.Errorf("a repetition was answered %s, want what came first", again.body)
	}
	confirm(r, r.seen.yes(r.pass, handwriting())).refused(t, http.StatusUnprocessableEntity, "idempotency_key_reused")
	theirs := confirm(other, other.seen.yes(other.pass, handwriting())).is(t, http.StatusCreated)
	if theirs.header.Get("Idempotency-Replayed") != "" || theirs.text(t, "todo_id") != other.seen.id {
		t.Errorf("somebody else with the same key was answered %s", theirs.body)
	}
	if n := s.rows.count(t, "SELECT COUNT(*) FROM confirmations WHERE todo_id = ?", r.seen.id); n != 1 {
		t.Errorf("got %d confirmations, want 1", n)
	}
}
