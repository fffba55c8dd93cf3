package main_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// The first sample person, who passes.
const sampleNumber, sampleName = "119901197001010018", "李样例"

// TestCommands_OnARunningSandbox answers cases of sample persons, and then moves the clock.
func TestCommands_OnARunningSandbox(t *testing.T) {
	t.Parallel()
	own := newOwnRegistry(t)
	r := startSandbox(t, "--registries", own.file)
	answer := func(more ...string) (string, error) {
		return r.command(t, append([]string{"answer", "--data", r.data, "--server", r.api}, more...)...)
	}
	for caseID, tt := range map[string]struct{ as, event string }{
		"yes": {"pass", "todo.confirmed"},
		"no":  {"refuse", "todo.refused"},
	} {
		r.push(t, caseID, sampleNumber, sampleName)
		if out, err := answer(caseID, "--as", tt.as); err != nil {
			t.Errorf("answering as %s: %v\n%s", tt.as, err, out)
		}
		r.awaitEvent(t, caseID, tt.event)
	}
	r.push(t, "old", sampleNumber, sampleName)
	for n := range 25 { // more than a page of the list
		r.push(t, fmt.Sprintf("newer-%d", n), sampleNumber, sampleName)
	}
	if out, err := answer("old"); err != nil {
		t.Errorf("answering a case on the second page: %v\n%s", err, out)
	}
	r.push(t, "other", sampleNumber, sampleName)
	if out, err := answer("other", "--as", "fail"); err != nil || !strings.Contains(out, "fails the face check: face_differs") {
		t.Errorf("answering as fail: %v\n%s", err, out)
	}
	invited(t, r, "other")
	r.push(t, "real", "11010519491231002X", "韦小宝")
	for _, tt := range []struct{ caseID, want string }{
		{"yes", "nobody in this case has to answer"},
		{"none", "has pushed no case none"},
		{"real", "signer s1 is not a sample person"},
	} {
		if out, err := answer(tt.caseID); err == nil || !strings.Contains(out, tt.want) {
			t.Errorf("answering %s: got %v, want %q\n%s", tt.caseID, err, tt.want, out)
		}
	}
	registry := own.push(t, r.api, "ours")
	if out, err := answer("ours", "--registry", "own"); err != nil {
		t.Errorf("answering a case of a registry of one's own: %v\n%s", err, out)
	}
	if state, err := registry.GetCase(t.Context(), "ours"); err != nil || len(state.Signers) != 2 || state.Signers[0].State != "confirmed" {
		t.Errorf("the registry of one's own sees %+v (%v), want two signers who confirmed", state, err)
	}
	eightDaysLater(t, r, "other", answer)
}

// invited presses the button of a pushed case, and checks what the page shows.
func invited(t *testing.T, r running, caseID string) {
	t.Helper()
	button := "/sandbox/cases/" + caseID + "/signers/s1/invitation"
	if index := r.page(t, http.MethodGet, "/"); !strings.Contains(index, `action="`+button+`"`) {
		t.Errorf("the index offers no invitation to %s:\n%s", caseID, index)
	}
	shown := r.page(t, http.MethodPost, button)
	code := regexp.MustCompile(`<code>[A-Z]{4}-[A-Z]{4}</code>`)
	if !strings.Contains(shown, r.api+"/#/pages/screen/index?invitation=") || !code.MatchString(shown) ||
		!strings.Contains(shown, `src="data:image/png;base64,`) || !strings.Contains(shown, "模拟环境") {
		t.Errorf("got %s, want a link, a picture and a code", shown)
	}
	if answered := r.page(t, http.MethodPost, "/sandbox/cases/yes/signers/s1/invitation"); !strings.Contains(answered, "todo_already_answered") {
		t.Errorf("got %s, want the server's own problem", answered)
	}
}

// eightDaysLater moves the clock, which ends an open case. Registries go on pushing by the real time.
func eightDaysLater(t *testing.T, r running, open string, answer func(...string) (string, error)) {
	t.Helper()
	if out, err := r.command(t, "clock", "+8d"); err != nil || !strings.Contains(out, "192h0m0s ahead") {
		t.Fatalf("got %v:\n%s", err, out)
	}
	r.awaitEvent(t, open, "todo.expired")
	r.push(t, "new", sampleNumber, sampleName)
	if out, err := answer("new"); err != nil {
		t.Errorf("answering eight days later: %v\n%s", err, out)
	}
	if out, err := r.command(t, "journey", "--server", r.api, "--people", "passes,refuses"); err != nil {
		t.Errorf("eight days later the stories end with %v:\n%s", err, out)
	}
	if out, err := r.command(t, "clock", "tomorrow"); err == nil || !strings.Contains(out, "+8d") {
		t.Errorf("got %v:\n%s", err, out)
	}
}
