package main_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"renzheng/test/harness"
)

// running is a sandbox that was started with the command run.
type running struct{ program, data, api, far string }

func startSandbox(t *testing.T, more ...string) running {
	t.Helper()
	r := running{program: build(t, "sandbox"), data: t.TempDir(), api: "http://" + reserve(t), far: "http://" + reserve(t)}
	args := []string{
		"run", "--bff", build(t, "bff"), "--data", r.data, "--admin", reserve(t), "--web", t.TempDir(),
		"--listen", strings.TrimPrefix(r.api, "http://"), "--sandbox", strings.TrimPrefix(r.far, "http://"),
	}
	run := exec.Command(r.program, append(args, more...)...)
	out, err := run.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err = run.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = run.Process.Signal(syscall.SIGTERM)
		_ = run.Wait()
	})
	if greeting := readGreeting(out); !strings.Contains(greeting, "Ctrl-C") {
		t.Fatalf("the sandbox does not start:\n%s", greeting)
	}
	return r
}

// command runs another command of the program on the sandbox.
func (r running) command(t *testing.T, args ...string) (string, error) {
	t.Helper()
	out, err := exec.Command(r.program, append(args, "--sandbox", r.far)...).CombinedOutput()
	return string(out), err
}

// report returns what the registry received about a case.
func (r running) report(t *testing.T, caseID string) harness.CaseReport {
	t.Helper()
	answer, err := http.Get(r.far + "/sandbox/cases/" + url.PathEscape(caseID))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	var report harness.CaseReport
	if err := json.NewDecoder(answer.Body).Decode(&report); err != nil {
		t.Fatal(err)
	}
	return report
}

// page returns a page of the sandbox.
func (r running) page(t *testing.T, method, path string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, r.far+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// push makes the sample registry push a case with one signer.
func (r running) push(t *testing.T, caseID, number, name string) {
	t.Helper()
	body := `{"revision":1,"header":{"enterprise_name":"样例餐饮有限公司（模拟）","business_kind":"establishment","mode":"online",
		"applied_on":"2026-01-01"},"items":[{"label":"住所","value":"样例路"}],"signers":[{"signer_id":"s1","role":"股东",
		"document":{"type":"resident_id","number":"` + number + `","name":"` + name + `"},"items":[]}]}`
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPut, r.far+"/sandbox/cases/"+caseID, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if content, _ := io.ReadAll(answer.Body); answer.StatusCode != http.StatusOK {
		t.Fatalf("pushing a case: got %d %s", answer.StatusCode, content)
	}
}

// awaitEvent waits until the registry has received an event of a type about a case.
func (r running) awaitEvent(t *testing.T, caseID, kind string) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		for _, e := range r.report(t, caseID).Events {
			if e.Type == kind {
				return
			}
		}
	}
	t.Fatalf("the registry was not told %s of %s: %+v", kind, caseID, r.report(t, caseID))
}
