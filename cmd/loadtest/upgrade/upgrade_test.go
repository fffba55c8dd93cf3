package upgrade_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"renzheng/cmd/loadtest/scratch"
	"renzheng/cmd/loadtest/upgrade"
	"renzheng/sql/storetest"
)

// server returns the server on which databases may be created. Where one is required, a
// missing one fails in Engines.
func server(t *testing.T) string {
	t.Helper()
	if len(storetest.Engines(t)) == 1 {
		t.Skip("replicas share a server, and " + scratch.DSNVariable + " names none")
	}
	return os.Getenv(scratch.DSNVariable)
}

// One version is replaced by itself: the versions differ in `make upgrade` only.
func TestRun_FailsNoRequest(t *testing.T) {
	t.Parallel()
	binary := filepath.Join(t.TempDir(), "bff")
	if said, err := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "renzheng/cmd/bff").CombinedOutput(); err != nil {
		t.Fatalf("building the server: %v\n%s", err, said)
	}
	var out strings.Builder
	result, err := upgrade.Run(t.Context(), upgrade.Options{
		Old: binary, New: binary, MySQL: server(t), Rolls: 1, Persons: 4, Enough: 2, Seed: 1, Patience: time.Second, Out: &out,
	})
	if err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	if result.Rolls != 1 || result.Failed > 0 || result.Requests == 0 || result.Verdict.Broken() {
		t.Errorf("got %s, want one roll, some requests, none failed, none lost, none doubled", result)
	}
}

func TestRun_NeedsAnOldVersion(t *testing.T) {
	t.Parallel()
	_, err := upgrade.Run(t.Context(), upgrade.Options{Old: "/absent", New: "/absent", MySQL: server(t), Out: new(strings.Builder)})
	if err == nil || errors.Is(err, upgrade.ErrBroken) {
		t.Errorf("got %v, want an error that is no broken promise", err)
	}
}
