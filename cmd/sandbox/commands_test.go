package main_test

import (
	"strings"
	"testing"
)

// TestCommands_OnARunningSandbox answers cases of sample persons, and then moves the clock by eight days. The registry
// goes on pushing by the real time.
func TestCommands_OnARunningSandbox(t *testing.T) {
	t.Parallel()
	r := startSandbox(t)
	answer := func(more ...string) (string, error) {
		return r.command(t, append([]string{"answer", "--data", r.data, "--server", r.api}, more...)...)
	}
	const number, name = "119901197001010018", "李样例"
	for caseID, tt := range map[string]struct{ as, event string }{
		"yes": {"pass", "todo.confirmed"},
		"no":  {"refuse", "todo.refused"},
	} {
		r.push(t, caseID, number, name)
		if out, err := answer(caseID, "--as", tt.as); err != nil {
			t.Errorf("answering as %s: %v\n%s", tt.as, err, out)
		}
		r.awaitEvent(t, caseID, tt.event)
	}
	r.push(t, "other", number, name)
	if out, err := answer("other", "--as", "fail"); err != nil || !strings.Contains(out, "fails the face check: face_differs") {
		t.Errorf("answering as fail: %v\n%s", err, out)
	}
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

	if out, err := r.command(t, "clock", "+8d"); err != nil || !strings.Contains(out, "192h0m0s ahead") {
		t.Fatalf("got %v:\n%s", err, out)
	}
	r.awaitEvent(t, "other", "todo.expired")
	r.push(t, "new", number, name)
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
