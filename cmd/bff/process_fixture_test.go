package main

import (
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"

	"renzheng/test/harness"
)

// asProgram is set in the environment of processes that this test program starts.
const asProgram = "RENZHENG_TEST_AS_PROGRAM"

// TestMain is main itself in a process that a test started: a server of its own,
// with signals, exit status and the race detector.
func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	if err := os.Setenv(asProgram, "1"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// processFixture is a fixture whose servers are processes.
type processFixture struct {
	*fixture

	servers []*harness.Server
	logs    *harness.Log
	unready bool // servers are not waited for until they are ready
}

// newProcessFixture starts as many servers as the options say.
func newProcessFixture(t *testing.T, o fixtureOptions) *processFixture {
	t.Helper()
	tr := emptyProcessFixture(t, o)
	tr.start(t, "")
	for range o.replicas - 1 {
		tr.start(t, tr.address(t))
	}
	return tr
}

// emptyProcessFixture has no server yet.
func emptyProcessFixture(t *testing.T, o fixtureOptions) *processFixture {
	t.Helper()
	dsn := o.engine.New(t)
	sandbox, err := harness.New(t.Context(), harness.Options{Data: t.TempDir(), Database: dsn, Settings: o.settings})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sandbox.Close() })
	return &processFixture{
		fixture: &fixture{Sandbox: sandbox, rows: openDatabase(t, dsn), serial: new(atomic.Int64)}, logs: &harness.Log{},
	}
}

func (tr *processFixture) start(t *testing.T, listen string) {
	t.Helper()
	server, err := tr.Start(t.Context(), harness.Program{
		Path: os.Args[0], Listen: listen, Logs: tr.logs, Settings: nodeOf(t, len(tr.servers), tr.Settings), Unready: tr.unready,
	})
	if err != nil {
		t.Fatalf("starting the server: %v\n%s", err, tr.logs)
	}
	t.Cleanup(server.Kill)
	tr.servers, tr.urls = append(tr.servers, server), append(tr.urls, server.URL)
}

// stop ends all servers as an operator does and checks that they succeed.
func (tr *processFixture) stop(t *testing.T) {
	t.Helper()
	for _, server := range tr.servers {
		if err := server.Stop(); err != nil {
			t.Errorf("the server ended with %v", err)
		}
	}
}

// restart starts all ended servers again.
func (tr *processFixture) restart(t *testing.T) {
	t.Helper()
	for _, server := range tr.servers {
		if err := server.Restart(t.Context()); err != nil {
			t.Fatalf("starting the server again: %v\n%s", err, tr.logs)
		}
	}
}

// command returns another command of the program, without BFF_ variables.
func command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	c := exec.CommandContext(t.Context(), os.Args[0], args...)
	for _, pair := range os.Environ() {
		if !strings.HasPrefix(pair, "BFF_") {
			c.Env = append(c.Env, pair)
		}
	}
	return c
}
