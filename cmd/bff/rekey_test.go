package main

import (
	"bytes"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"renzheng/sql/storetest"
	"renzheng/test/harness"
	"renzheng/test/people"
)

// Both kinds of keys are replaced while people come and go: no story fails,
// nobody becomes two, and the old keys can go.
func TestRekey_DisturbsNobody(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			replicas := map[string]int{"sqlite": 1, "mysql": 2} // a file is for one server
			c := newRekeyScenario(t, newProcessFixture(t, fixtureOptions{
				engine: &engine, replicas: replicas[engine.Name],
				settings: harness.Settings{"BFF_LIMITS_FACE_STARTS": "100000"}, // they come more often than anybody does
			}))
			before := c.settle(t)
			c.visitAll(t)
			c.noTwins(t)

			end := c.keepVisiting(t)
			c.rotateMaster(t)
			c.rotateLookup(t)
			c.drop(t, "master")
			c.meanwhile(t)
			end()
			c.noTwins(t)
			before.holds(t)

			c.drop(t, "lookup") // once nobody repeats a call from before
			c.visitAll(t)
			c.rekey(t)
			if got := c.hashes(t); got != len(c.numbers) {
				t.Errorf("got %d hashes of subjects, want %d: one of each", got, len(c.numbers))
			}
			before.holds(t)
			c.stop(t)
			c.restart(t)
			c.visitAll(t)
			c.noTwins(t)
			before.holds(t)
			c.stop(t)
		})
	}
}

func (c *rekeyScenario) rotateMaster(t *testing.T) {
	t.Helper()
	c.keys(t, "introduce", "master")
	c.keys(t, "promote", "master")
	c.interruptRekey(t, "data keys")
	if got := c.masters(t); got != 2 {
		t.Errorf("interrupted: data keys are under %d master keys, want both", got)
	}
	c.meanwhile(t)
	c.rekey(t)
	if got := c.masters(t); got != 1 {
		t.Errorf("at the end data keys are under %d master keys, want 1", got)
	}
}

func (c *rekeyScenario) rotateLookup(t *testing.T) {
	t.Helper()
	c.keys(t, "introduce", "lookup")
	c.keys(t, "promote", "lookup")
	c.interruptRekey(t, "subjects")
	if got := c.hashes(t); got <= len(c.numbers) || got >= 2*len(c.numbers) {
		t.Errorf("interrupted: %d persons have %d hashes, want some with both", len(c.numbers), got)
	}
	c.meanwhile(t)
	c.rekey(t)
	if got := c.hashes(t); got != 2*len(c.numbers) {
		t.Errorf("at the end %d persons have %d hashes, want two each", len(c.numbers), got)
	}
}

// settled is what a person left behind before the keys changed.
type settled struct {
	*client

	caseID   string
	location string // of the answer
	answer   string
	evidence []byte
}

// settle lets somebody confirm, who then stays logged in.
func (c *rekeyScenario) settle(t *testing.T) *settled {
	t.Helper()
	s := &settled{client: c.enter(t, c.newPerson(people.Passes))}
	second, _ := people.New(people.Passes, s.Serial+1, time.Now())
	c.numbers[s.Number], c.numbers[second.Number] = true, true
	var asked shown
	asked, s.caseID = s.openTodo(t)
	confirmed := s.confirm(t, asked, s.passFor(t, asked)).is(t, http.StatusCreated)
	s.location = confirmed.header.Get("Location")
	s.answer = string(s.get(t, s.location).is(t, http.StatusOK).body)
	until(t, "the handwriting is a picture", func() bool {
		s.evidence = s.ofFile(t)
		return bytes.Contains(s.evidence, []byte(`"handwriting":"`))
	})
	return s
}

func (s *settled) ofFile(t *testing.T) []byte {
	t.Helper()
	evidence, err := s.fixture.Cases.GetEvidence(t.Context(), s.caseID, "S1", 1)
	if err != nil {
		t.Fatal(err)
	}
	return evidence
}

// holds checks that session, answer and evidence are what they were.
func (s *settled) holds(t *testing.T) {
	t.Helper()
	if got := s.get(t, "/v1/session").is(t, http.StatusOK).text(t, "id"); got != s.session {
		t.Errorf("got session %s, want %s", got, s.session)
	}
	if got := string(s.get(t, s.location).is(t, http.StatusOK).body); got != s.answer {
		t.Errorf("got the answer %s, want %s", got, s.answer)
	}
	if diff := cmp.Diff(s.evidence, s.ofFile(t)); diff != "" {
		t.Errorf("the evidence changed: %s", diff)
	}
}
