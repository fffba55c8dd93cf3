package crash_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"renzheng/cmd/loadtest/crash"
	"renzheng/cmd/loadtest/scratch"
)

func TestRun_LosesAndDoublesNothing(t *testing.T) {
	t.Parallel()
	binary := filepath.Join(t.TempDir(), "bff")
	if said, err := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "renzheng/cmd/bff").CombinedOutput(); err != nil {
		t.Fatalf("building the server: %v\n%s", err, said)
	}
	var out strings.Builder
	result, err := crash.Run(t.Context(), crash.Options{
		BFF: binary, Engine: scratch.SQLite, Kills: 3, Persons: 8, Seed: 1, Out: &out,
		ShortestLife: time.Second, LongestLife: 4 * time.Second, Patience: time.Second,
	})
	if err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	if result.Kills != 3 || result.Verdict.Broken() {
		t.Errorf("got %s, want 3 kills, some acknowledged, none lost, none doubled", result)
	}
}
