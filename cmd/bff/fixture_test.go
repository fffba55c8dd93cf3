package main

import (
	"context"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"renzheng/sql/storetest"
	"renzheng/test/harness"
	"renzheng/test/people"
)

// fixture is a sandbox with running servers. Tests that share one play with persons
// of their own.
type fixture struct {
	*harness.Sandbox

	urls   []string // of the servers, which share one database
	rows   *database
	guests map[string]*guest // registries in addition to the sandbox's own
	serial *atomic.Int64
}

// fixtureOptions say what a fixture is like; the zero value has one server on SQLite.
type fixtureOptions struct {
	engine   *storetest.Engine
	replicas int
	settings harness.Settings
	guests   []guestOptions
}

func newFixture(t *testing.T, o fixtureOptions) *fixture {
	t.Helper()
	if o.engine == nil {
		o.engine = &storetest.Engines(t)[0]
	}
	dsn := o.engine.New(t)
	sandbox, err := harness.New(t.Context(), harness.Options{
		Data: t.TempDir(), Database: dsn, Settings: harness.Settings{"BFF_LOG_LEVEL": "error"}.With(o.settings),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sandbox.Close() })
	s := &fixture{Sandbox: sandbox, rows: openDatabase(t, dsn), serial: new(atomic.Int64)}
	s.guests = s.invite(t, o.guests)
	s.serve(t, "")
	for range o.replicas - 1 {
		s.serve(t, s.address(t))
	}
	return s
}

// serve starts one server; "" is where the registry finds it.
func (s *fixture) serve(t *testing.T, listen string) {
	t.Helper()
	server, err := s.Start(t.Context(), harness.Program{
		Listen: listen, Serve: serveInside(t.TempDir()), Settings: nodeOf(t, len(s.urls), s.Settings),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(); err != nil {
			t.Errorf("the server ended with %v", err)
		}
	})
	s.urls = append(s.urls, server.URL)
}

// serveInside runs the server as `bff serve --config FILE` does.
func serveInside(folder string) func(context.Context, harness.Settings) error {
	return func(ctx context.Context, settings harness.Settings) error {
		file, err := settings.File()
		if err != nil {
			return err
		}
		path := filepath.Join(folder, "settings.json")
		if err = os.WriteFile(path, file, 0o600); err != nil {
			return err
		}
		c, _, err := parse([]string{"serve", "--config", path})
		if err != nil {
			return err
		}
		return serve(ctx, &c.Serve.Config)
	}
}

// address returns an address for another server.
func (s *fixture) address(t *testing.T) string {
	t.Helper()
	address, err := s.Reserve()
	if err != nil {
		t.Fatal(err)
	}
	return address
}

// newPerson returns a sample person that no other test of this fixture uses.
func (s *fixture) newPerson(fate people.Fate) people.Person {
	const apart = 7 // the next person is the second signer of a person's case
	p, _ := people.New(fate, int(s.serial.Add(apart)), time.Now())
	return p
}

// until waits for something that a worker does in the background.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	const patience, pause = 30 * time.Second, 20 * time.Millisecond
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(pause) {
		if is() {
			return
		}
	}
	t.Fatalf("in %s it did not happen that %s", patience, what)
}
