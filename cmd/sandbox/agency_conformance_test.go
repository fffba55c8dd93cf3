package main_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"renzheng/test/harness"
	"renzheng/test/people"
)

// samplesFile writes persons whom the sandbox's own gateway knows.
func samplesFile(t *testing.T, passing string) string {
	t.Helper()
	type sample map[string]string
	var samples []sample
	for fate, result := range map[people.Fate]string{people.Passes: passing, people.DocumentDiffers: "mismatch", people.NoRecord: "no_record"} {
		p, _ := people.Holder(people.Passport, fate, 7, time.Now())
		samples = append(samples, sample{
			"type": string(p.Type()), "number": p.Typed, "name": p.Name, "valid_from": p.ValidFrom, "valid_until": p.ValidUntil, "result": result,
		})
	}
	content, err := json.Marshal(samples)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "samples.json")
	if err = os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAgencyConformance_TellsWhetherTheContractIsKept(t *testing.T) {
	t.Parallel()
	program, data := build(t, "sandbox"), t.TempDir()
	sandbox, err := harness.New(t.Context(), harness.Options{Data: data})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sandbox.Close() })
	ask := func(samples string) (string, error) {
		out, err := exec.Command(program, "agency-conformance", "--url", sandbox.URL, "--samples", samples,
			"--key-id", sandbox.Settings["BFF_AGENCY_KEY_ID"], "--key", strings.TrimPrefix(sandbox.Settings["BFF_AGENCY_KEY"], "file:"),
			"--gateway-keys", sandbox.Settings["BFF_AGENCY_GATEWAY_KEYS"]).CombinedOutput()
		return string(out), err
	}
	if told, err := ask(samplesFile(t, "match")); err != nil || !strings.Contains(told, "agency: rules: ") || strings.Contains(told, "BROKEN") {
		t.Errorf("got %v of a gateway that keeps the contract:\n%s", err, told)
	}
	if told, err := ask(samplesFile(t, "no_record")); err == nil || !strings.Contains(told, "BROKEN") {
		t.Errorf("got %v of a gateway that knows somebody whom it must not:\n%s", err, told)
	}
	broken := filepath.Join(t.TempDir(), "samples.json")
	if err := os.WriteFile(broken, []byte(`[{"type":"passport","number":"E1","name":"林·海外","result":"match"}]`), 0o600); err != nil {
		t.Fatal(err)
	}
	if told, err := ask(broken); err == nil || !strings.Contains(told, "sample 1") || strings.Contains(told, "海外") {
		t.Errorf("got %v of a sample that is no document:\n%s", err, told)
	}
}
