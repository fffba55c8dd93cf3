package main

import (
	"context"
	"net/http"
	"strconv"
	"sync"
	"testing"
	"time"

	"renzheng/test/harness"
	"renzheng/test/people"
)

// quarter is long enough for every `for` and every window of five minutes.
const quarter = 15 * time.Minute

func sceneOrdinaryDay(t *testing.T) *alertScene {
	t.Helper()
	s := newAlertScene(t, sceneOptions{})
	for i := range 12 {
		fate := people.Passes
		if i%6 == 5 {
			fate = people.CardDiffers
		}
		c := s.login(t, s.newPerson(fate))
		c.consent(t, "access")
		id := c.begin(t, c.document())
		c.face(t, id, "pass")
		c.bankCard(t, id)
		if fate == people.Passes {
			c.post(t, "/v1/verifications/"+id+"/portrait/accept", nil).is(t, http.StatusOK)
			asked, _ := c.openTodo(t)
			c.confirm(t, asked, c.passFor(t, asked)).is(t, http.StatusCreated)
		}
		c.get(t, "/v1/todos/nobodys")
		s.scrapes(t, 5*time.Minute, nil)
		s.quiet()
	}
	s.refresh(t)
	s.scrapes(t, quarter, nil)
	s.quiet()
	return s
}

func sceneReplicaEnds(t *testing.T) *alertScene {
	t.Helper()
	s := newAlertScene(t, sceneOptions{})
	s.scrapes(t, time.Minute, nil)
	s.quiet()
	if err := s.servers[0].Stop(); err != nil {
		t.Fatal(err)
	}
	s.scrapes(t, 3*time.Minute, nil)
	s.fires(t, "RenzhengDown", nil)
	return s
}

func sceneDatabaseAway(t *testing.T) *alertScene {
	t.Helper()
	var fault databaseFault
	s := newAlertScene(t, sceneOptions{mysql: true, prepare: fault.between})
	s.scrapes(t, time.Minute, nil)
	s.quiet()
	fault.cut()
	s.refresh(t)
	s.scrapes(t, 3*time.Minute, nil)
	s.fires(t, "RenzhengDatabaseDown", nil)
	return s
}

// Somebody recovers a copy while a replica runs.
func sceneOtherDatabase(t *testing.T) *alertScene {
	t.Helper()
	s := newAlertScene(t, sceneOptions{})
	s.scrapes(t, time.Minute, nil)
	s.quiet()
	s.rows.shift(t, "UPDATE database_epoch SET epoch = epoch + 1")
	until(t, "the replica notices", func() bool { return metric(s.metrics(t), "bff_ready") == 0 })
	s.scrapes(t, 3*time.Minute, nil)
	s.fires(t, "RenzhengNotReady", nil)
	return s
}

func sceneTableLost(t *testing.T) *alertScene {
	t.Helper()
	s := newAlertScene(t, sceneOptions{})
	c := s.enter(t, s.newPerson(people.Passes))
	s.scrapes(t, time.Minute, nil)
	s.quiet()
	s.do(t, "ALTER TABLE todos RENAME TO todos_lost")
	s.scrapes(t, quarter, func() { c.get(t, "/v1/todos").is(t, http.StatusInternalServerError) })
	s.fires(t, "RenzhengErrors", nil)
	return s
}

// A program holds a transaction open. Requests wait for the one connection that writes.
func sceneLockHeld(t *testing.T) *alertScene {
	t.Helper()
	s := newAlertScene(t, sceneOptions{step: time.Minute})
	p := s.newPerson(people.Passes)
	s.scrapes(t, time.Minute, nil)
	s.quiet()
	s.scrapes(t, quarter, func() { s.whileLocked(t, 1200*time.Millisecond, p, 60) })
	s.fires(t, "RenzhengSlow", nil)
	s.fires(t, "RenzhengPoolExhausted", nil)
	return s
}

// whileLocked lets the registry push while somebody else's transaction is open for d.
func (s *alertScene) whileLocked(t *testing.T, d time.Duration, p people.Person, pushes int) {
	t.Helper()
	one, err := s.rows.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = one.Close() }()
	if _, err = one.ExecContext(t.Context(), "BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	var pushing sync.WaitGroup
	for range pushes {
		pushing.Go(func() {
			_, _ = s.Cases.PutCase(context.WithoutCancel(t.Context()), "locked", harness.SampleCase(p, time.Now())) // repeats, some of which conflict
		})
	}
	time.Sleep(d)
	if _, err = one.ExecContext(t.Context(), "ROLLBACK"); err != nil {
		t.Error(err)
	}
	pushing.Wait()
}

// The replica is out of service because of it, so that two alerts fire.
func sceneClockSkew(t *testing.T) *alertScene {
	t.Helper()
	s := newAlertScene(t, sceneOptions{mysql: true, unready: true, prepare: func(t *testing.T, s *alertScene) {
		t.Helper()
		s.Settings["BFF_DATABASE"] += clockOf(time.Now().Add(10 * time.Minute))
	}})
	(caller{base: s.servers[0].URL}).get(t, "/readyz").is(t, http.StatusServiceUnavailable)
	s.scrapes(t, quarter, nil)
	s.fires(t, "RenzhengClockSkew", nil)
	s.fires(t, "RenzhengNotReady", nil)
	return s
}

// clockOf is added to the address of a MariaDB whose clock stands still at a time.
func clockOf(at time.Time) string { return "?timestamp=" + strconv.FormatInt(at.Unix(), 10) }

func sceneClientsUnknown(t *testing.T) *alertScene {
	t.Helper()
	s := newAlertScene(t, sceneOptions{settings: harness.Settings{"BFF_TRUSTED_PROXIES": "127.0.0.0/8"}})
	ask := func(client string) {
		(caller{base: s.servers[0].URL}).send(t, request{method: http.MethodGet, path: "/v1/support/faq", header: map[string]string{"X-Forwarded-For": client}})
	}
	s.scrapes(t, quarter, func() { ask("203.0.113.7") })
	s.quiet()
	s.scrapes(t, 2*quarter, func() { ask("unknown") })
	s.fires(t, "RenzhengClientsUnknown", nil)
	return s
}

func sceneTracesLost(t *testing.T) *alertScene {
	t.Helper()
	sink, settings := openCollector(t)
	s := newAlertScene(t, sceneOptions{settings: settings})
	exported := func(result string) float64 { return metric(s.metrics(t), `bff_trace_spans_total{result="`+result+`"}`) }
	c := caller{base: s.servers[0].URL}
	c.get(t, "/v1/support/faq")
	until(t, "spans are exported", func() bool { return exported("exported") > 0 })
	s.scrapes(t, 2*quarter, nil)
	s.quiet()
	sink.Fail(http.StatusServiceUnavailable)
	c.get(t, "/v1/support/faq")
	until(t, "spans are lost", func() bool { return exported("failed") > 0 })
	s.scrapes(t, 10*time.Minute, nil)
	s.fires(t, "RenzhengTracesLost", nil)
	return s
}

func sceneManyFaces(t *testing.T) *alertScene {
	t.Helper()
	s := newAlertScene(t, sceneOptions{})
	s.scrapes(t, time.Minute, nil)
	s.quiet()
	s.portraits(t, 0, 90_000)
	s.refresh(t)
	s.scrapes(t, time.Minute, nil)
	s.fires(t, "RenzhengFacesNearFiling", nil)
	s.portraits(t, 90_000, 10_000)
	s.refresh(t)
	s.scrapes(t, time.Minute, nil)
	s.fires(t, "RenzhengFacesToFile", nil)
	return s
}

// portraits inserts rows of portraits of so many persons.
func (s *alertScene) portraits(t *testing.T, from, n int) {
	t.Helper()
	s.do(t, `INSERT INTO portraits (id, verification_id, subject_id, picture_cipher, sha256_cipher, created_at)
		WITH RECURSIVE numbers(n) AS (SELECT ? UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
		SELECT 'por_' || n, 'ver_' || n, 'sub_' || n, x'00', x'00', 1 FROM numbers`, from+1, from+n)
}

// do executes a statement of somebody who should not.
func (s *alertScene) do(t *testing.T, statement string, args ...any) {
	t.Helper()
	if _, err := s.rows.ExecContext(t.Context(), statement, args...); err != nil {
		t.Fatal(err)
	}
}
