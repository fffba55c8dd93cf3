package restore_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"renzheng/cmd/loadtest/restore"
	"renzheng/cmd/loadtest/scratch"
)

func TestRun_LosesNothingAndAcceptsNothingAgain(t *testing.T) {
	t.Parallel()
	binary := filepath.Join(t.TempDir(), "bff")
	if said, err := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "renzheng/cmd/bff").CombinedOutput(); err != nil {
		t.Fatalf("building the server: %v\n%s", err, said)
	}
	for fault, wanted := range map[string]func(restore.Result) bool{
		restore.NoFault:    func(r restore.Result) bool { return !r.Broken() },
		restore.NoRecovery: func(r restore.Result) bool { return r.Replayed > 0 && len(r.Problems) > 0 },
	} {
		t.Run("fault "+fault, func(t *testing.T) {
			t.Parallel()
			var out strings.Builder
			result, err := restore.Run(t.Context(), restore.Options{
				BFF: binary, Engine: scratch.SQLite, Persons: 4, Seed: 1, Load: 4 * time.Second, Fault: fault, Out: &out,
			})
			if !wanted(result) {
				t.Errorf("got %s, %v\n%s", result, err, out.String())
			}
		})
	}
}
