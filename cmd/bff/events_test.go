package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"renzheng/sql/storetest"
	"renzheng/test/people"
)

// operate runs a command of the operator against the database of a fixture.
func (s *fixture) operate(t *testing.T, args ...string) (output string, failed bool) {
	t.Helper()
	args = append(args, "--database", s.Settings["BFF_DATABASE"], "--keys", s.Settings["BFF_KEYS"])
	out, err := command(t, args...).CombinedOutput()
	return string(out), err != nil
}

// want runs a command and checks what it prints.
func (s *fixture) want(t *testing.T, args string, words ...string) string {
	t.Helper()
	out, failed := s.operate(t, strings.Fields(args)...)
	if failed {
		t.Errorf("bff %s failed: %s", args, out)
	}
	for _, word := range words {
		if !strings.Contains(out, word) {
			t.Errorf("bff %s: got %s, want %q in it", args, out, word)
		}
	}
	return out
}

// nothingOf checks that a text contains nothing of a person and their case.
func nothingOf(t *testing.T, p people.Person, text string, ids ...string) {
	t.Helper()
	for _, personal := range append(ids, p.Name, p.Number, p.Card, p.Phone, p.OpenID) {
		if personal != "" && strings.Contains(text, personal) {
			t.Errorf("it contains %q: %s", personal, text)
		}
	}
}

func TestEvents_DeadLettersAreFoundAndDeliveredAgain(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			s := newFixture(t, fixtureOptions{engine: &engine})
			c := s.enter(t, s.newPerson(people.Passes))
			asked, caseID := c.openTodo(t)
			c.confirm(t, asked, c.passFor(t, asked)).is(t, http.StatusCreated)
			until(t, "the event is delivered", func() bool { return len(s.Report(caseID).Events) > 0 })
			id := s.Report(caseID).Events[0].ID
			until(t, "its delivery is recorded", func() bool {
				return s.rows.count(t, "SELECT COUNT(*) FROM events WHERE id = ? AND delivery_state = 'delivered'", id) == 1
			})
			s.rows.shift(t, "UPDATE events SET delivery_state = 'dead', attempts = 15, reason = 'status 503' WHERE id = ?", id)

			listed := s.want(t, "events list", id, "todo.confirmed", "dead", "15", "status 503")
			shown := s.want(t, "events show "+id, id, "status 503", "registry")
			nothingOf(t, c.Person, listed+shown, caseID)
			if out := s.want(t, "events list --since "+time.Now().Add(time.Hour).Format(time.RFC3339)); strings.Contains(out, id) {
				t.Errorf("an older event is listed: %s", out)
			}
			if out := s.want(t, "events list --registry nobody"); strings.Contains(out, id) {
				t.Errorf("an event of another registry is listed: %s", out)
			}
			var line eventJSON
			if err := json.Unmarshal([]byte(s.want(t, "events list --state dead --json --since 1h")), &line); err != nil || line.ID != id || line.Reason != "status 503" {
				t.Errorf("got %+v, %v", line, err)
			}
			s.want(t, "events redeliver --dead "+line.Registry, "1 of 1 events are due now")
			until(t, "it is delivered again", func() bool {
				return s.rows.count(t, "SELECT COUNT(*) FROM events WHERE id = ? AND delivery_state = 'delivered'", id) == 1
			})
			s.want(t, "events list --state delivered", id, "delivered")
		})
	}
}

func TestEvents_RejectsWhatIsNotThere(t *testing.T) {
	t.Parallel()
	s := newFixture(t, fixtureOptions{})
	for args, want := range map[string]string{
		"events show evt_none":              "there is no event evt_none",
		"events redeliver evt_none":         "there is no such event",
		"events redeliver":                  "name events, or a registry with --dead",
		"events redeliver evt_1 --dead one": "name events, or a registry with --dead",
		"events list --since yesterday":     "--since must be a time",
		"events list --limit 0":             "--limit must be at least 1",
		"events list --state lost":          "--state",
		"slip 7K2M":                         "a slip code has eight characters",
		"slip 7K2M-93QF":                    "no session has the code",
	} {
		if out, failed := s.operate(t, strings.Fields(args)...); !failed || !strings.Contains(out, want) {
			t.Errorf("bff %s: got %s, want %q", args, out, want)
		}
	}
}
