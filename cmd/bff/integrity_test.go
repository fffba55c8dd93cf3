package main

import (
	"crypto/rand"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/keyring"
	"renzheng/sql/store"
	"renzheng/sql/storetest"
	"renzheng/test/harness"
	"renzheng/test/people"
)

// age changes one row that has a tag, as time does.
func (s *fixture) age(t *testing.T, statement string, args ...any) {
	t.Helper()
	s.rows.shift(t, statement, args...)
	content, err := os.ReadFile(s.Settings["BFF_KEYS"])
	if err != nil {
		t.Fatal(err)
	}
	ring, err := keyring.Open(content)
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), store.Config{DSN: s.Settings["BFF_DATABASE"], Ring: ring, Clock: time.Now, Rand: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if _, err = db.Seal(t.Context(), store.SealOptions{Accept: true, Progress: func(int, int, string) {}}); err != nil {
		t.Fatal(err)
	}
}

// Whoever can change the database, and nothing else, gets no access by it, and is noticed.
func TestIntegrity_ChangedRowGivesNoAccess(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			s := newProcessFixture(t, fixtureOptions{engine: &engine, replicas: 1})
			thief, victim := s.enter(t, s.newPerson(people.Passes)), s.enter(t, s.newPerson(people.Passes))
			seen, _ := victim.openTodo(t)
			s.rows.shift(t, "UPDATE grants SET subject_id = ? WHERE session_id = ?",
				s.rows.text(t, "SELECT subject_id FROM grants WHERE session_id = ?", victim.session), thief.session)
			thief.get(t, "/v1/todos/"+seen.id).refused(t, http.StatusForbidden, "access_required")
			if n := metric(s.metrics(t), `bff_altered_rows_total{table="grants"}`); n == 0 {
				t.Error("the change was not counted")
			}
			grant := s.rows.text(t, "SELECT id FROM grants WHERE session_id = ?", thief.session)
			if !strings.Contains(s.logs.String(), `"table":"grants","id":"`+grant+`"`) {
				t.Error("the change was not logged")
			}
			s.rows.shift(t, "UPDATE todos SET expires_at = expires_at + 1 WHERE id = ?", seen.id)
			got := victim.get(t, "/v1/todos/"+seen.id).refused(t, http.StatusInternalServerError, "internal_error")
			for _, way := range []string{"service_window", "technical_support"} {
				if !strings.Contains(string(got.body), way) {
					t.Errorf("got %s, want the way to %s", got.body, way)
				}
			}
			thief.gainAccess(t) // by a verification, as everybody
		})
	}
}

// The commands name what was changed, and a server that must have a seal does not start without it.
func TestIntegrity_Commands(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			s := newFixture(t, fixtureOptions{engine: &engine})
			c := s.enter(t, s.newPerson(people.Passes))
			storage := config.Storage{Database: config.NewSecret(s.Settings["BFF_DATABASE"]), Keys: s.Settings["BFF_KEYS"]}
			verify, seal := integrityVerifyCommand{storage}, integritySealCommand{Storage: storage}
			if err := verify.Run(); err != nil {
				t.Fatal(err)
			}
			s.rows.shift(t, "UPDATE sessions SET tag = ? WHERE id = ?", []byte{}, c.session)
			wantRefusal(t, verify.Run(), "do not fit")
			wantRefusal(t, seal.Run(), "do not fit")
			s.rows.shift(t, "DELETE FROM row_integrity")
			wantRefusal(t, verify.Run(), "bff integrity seal")
			checked := func(require string) findings {
				found, _, _ := checked(t, s.Settings.With(harness.Settings{"BFF_LISTEN": "127.0.0.1:8080", "BFF_REQUIRE_SEAL": require}))
				return found
			}
			checked("").want(t, levelWarning, "database", "not sealed", "bff integrity seal")
			checked("true").want(t, levelProblem, "database", "not sealed", "bff integrity seal")
			must := storage
			must.RequireSeal = true
			wantRefusal(t, startsOn(t, must), "BFF_REQUIRE_SEAL")
			if err := startsOn(t, storage); err != nil {
				t.Error(err)
			}
			if err := seal.Run(); err != nil { // a row without a tag is one of an earlier version now
				t.Error(err)
			}
			for _, err := range []error{verify.Run(), startsOn(t, must)} {
				if err != nil {
					t.Error(err)
				}
			}
			s.rows.shift(t, "UPDATE sessions SET until = until + 1 WHERE id = ?", c.session)
			wantRefusal(t, seal.Run(), "do not fit")
			seal.Accept = true
			if err := errors.Join(seal.Run(), verify.Run()); err != nil {
				t.Error(err)
			}
		})
	}
}

// startsOn returns why a server with these settings does not start on its database.
func startsOn(t *testing.T, storage config.Storage) error {
	t.Helper()
	ring, err := storage.OpenKeys()
	if err != nil {
		t.Fatal(err)
	}
	db, err := openStore(t.Context(), storage, ring, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	return checkSeal(t.Context(), storage, db, slog.New(slog.DiscardHandler))
}
