package harness_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"renzheng/test/harness"
)

func TestClock_MovesAheadAndStaysThere(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	o := harness.Options{Data: t.TempDir(), Movable: true, Clock: func() time.Time { return start }}
	first := newSandbox(t, o)
	for _, tt := range []struct{ by, want string }{
		{"", `{"now":"2026-03-01T08:00:00Z","ahead":"0s"}`},
		{"+8d", `{"now":"2026-03-09T08:00:00Z","ahead":"192h0m0s"}`},
		{"90m", `{"now":"2026-03-09T09:30:00Z","ahead":"193h30m0s"}`},
	} {
		if got := moveClock(t, first, tt.by, http.StatusOK); got != tt.want {
			t.Errorf("moved by %q: got %s, want %s", tt.by, got, tt.want)
		}
	}
	for _, by := range []string{"-1h", "0s", "soon", "8", "99999d"} {
		moveClock(t, first, by, http.StatusBadRequest)
	}
	const want = `{"now":"2026-03-09T09:30:00Z","ahead":"193h30m0s"}`
	if got := moveClock(t, newSandbox(t, o), "", http.StatusOK); got != want {
		t.Errorf("the next run on the same data: got %s, want %s", got, want)
	}
	moveClock(t, newSandbox(t, harness.Options{}), "+1d", http.StatusBadRequest) // not movable
}

func moveClock(t *testing.T, s *harness.Sandbox, by string, status int) string {
	t.Helper()
	answer, err := http.PostForm(s.URL+"/sandbox/clock", url.Values{"by": {by}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	content, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != status {
		t.Fatalf("moving by %q: got %d %s (%v), want %d", by, answer.StatusCode, content, err, status)
	}
	return strings.TrimSpace(string(content))
}
