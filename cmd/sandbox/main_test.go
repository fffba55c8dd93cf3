package main_test

import (
	"bufio"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"renzheng/test/harness"
)

// build returns the path of one of our programs.
func build(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if out, err := exec.Command("go", "build", "-tags", "nomsgpack", "-o", path, "renzheng/cmd/"+name).CombinedOutput(); err != nil {
		t.Fatalf("building %s: %v\n%s", name, err, out)
	}
	return path
}

func reserve(t *testing.T) string {
	t.Helper()
	address, err := harness.Reserve()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = address.Release() })
	return address.String()
}

func TestRun_PrintsAddressesAndLetsTheJourneyPlay(t *testing.T) {
	t.Parallel()
	bff, sandbox := build(t, "bff"), build(t, "sandbox")
	api, admin, far := reserve(t), reserve(t), reserve(t)
	data := t.TempDir()
	for range 2 { // the second run finds the data of the first
		run := exec.Command(sandbox, "run", "--bff", bff, "--data", data, "--listen", api, "--admin", admin, "--sandbox", far)
		out, err := run.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err = run.Start(); err != nil {
			t.Fatal(err)
		}
		greeting := readGreeting(out)
		for _, want := range []string{api, admin, far, "/docs", "/registry/", "journey --server"} {
			if !strings.Contains(greeting, want) {
				t.Errorf("the greeting does not hold %q:\n%s", want, greeting)
			}
		}
		journey := exec.Command(sandbox, "journey", "--server", "http://"+api, "--sandbox", "http://"+far, "--people", "passes,refuses")
		told, err := journey.CombinedOutput()
		if err != nil || !strings.HasSuffix(string(told), "stories: 2, as documented: 2\n") {
			t.Errorf("the journey ended with %v:\n%s", err, told)
		}
		second, err := exec.Command(sandbox, "run", "--bff", bff, "--data", t.TempDir(), "--listen", api, "--sandbox", "127.0.0.1:0").CombinedOutput()
		if err == nil || !strings.Contains(string(second), "another program") {
			t.Errorf("a second sandbox at the same address ended with %v:\n%s", err, second)
		}
		if err := run.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		if err := run.Wait(); err != nil {
			t.Errorf("after the signal it ended with %v", err)
		}
	}
}

// readGreeting reads up to the last line of the greeting, or the end.
func readGreeting(out interface{ Read([]byte) (int, error) }) string {
	var greeting strings.Builder
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		greeting.WriteString(lines.Text() + "\n")
		if strings.Contains(lines.Text(), "Ctrl-C") {
			break
		}
	}
	return greeting.String()
}

func TestJourney_FailsWhereNobodyAnswers(t *testing.T) {
	t.Parallel()
	sandbox := build(t, "sandbox")
	nobody := "http://" + reserve(t)
	out, err := exec.Command(sandbox, "journey", "--server", nobody, "--sandbox", nobody, "--patience", "1ms").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "as documented: 0") {
		t.Errorf("got %v:\n%s", err, out)
	}
}
