package console_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"renzheng/bff"
	"renzheng/console"
	"renzheng/console/consoletest"
)

func TestConsole_LimitsAnAddress(t *testing.T) {
	t.Parallel()
	f := consoletest.New(t, func(d *console.Deps, f *consoletest.Fixture) {
		throttle, err := bff.NewThrottle(bff.ThrottleConfig{RequestsPerMin: 12, Clock: f.Clock.Now})
		if err != nil {
			t.Fatal(err)
		}
		d.Throttle = throttle
	})
	b := f.Browser(t)
	page := untilLimited(t, b, "/sign-in", 3).Want(http.StatusTooManyRequests, "Too many requests") // a quarter of a minute's requests at once
	if page.Header.Get("Retry-After") == "" {
		t.Error("the browser is not told when to come back")
	}
	b.Open("/healthz").Want(http.StatusOK)
	f.Clock.Move(5 * time.Second)
	b.Open("/sign-in").Want(http.StatusOK)
}

// sessions lets each session make some requests, from whatever address.
type sessions struct {
	mu   sync.Mutex
	left map[string]int
}

func (*sessions) Address(*http.Request) time.Duration { return 0 }

func (s *sessions) Session(id string) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.left[id]++; s.left[id] > 6 {
		return time.Minute
	}
	return 0
}

func TestConsole_LimitsASession(t *testing.T) {
	t.Parallel()
	f := consoletest.New(t, func(d *console.Deps, _ *consoletest.Fixture) { d.Throttle = &sessions{left: map[string]int{}} })
	one, other := f.SignedIn(t, "auditor"), f.SignedIn(t, "auditor")
	untilLimited(t, one, "/reveals", 5).Want(http.StatusTooManyRequests, "Wait a moment")
	other.Open("/reveals").Want(http.StatusOK)
}

// untilLimited opens a page until that is rejected, after one to most times: with pages kept, each counts twice.
func untilLimited(t *testing.T, b *consoletest.Browser, path string, most int) *consoletest.Page {
	t.Helper()
	b.Open(path).Want(http.StatusOK)
	for range most {
		if page := b.Open(path); page.Status != http.StatusOK {
			return page
		}
	}
	t.Fatalf("%s was opened %d times", path, most+1)
	return nil
}

func TestConsole_CountsRequestsAndSignIns(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewRegistry()
	f := consoletest.New(t, func(d *console.Deps, _ *consoletest.Fixture) { d.Registerer = registry })
	f.SignedIn(t, "auditor").Open("/funnel").Want(http.StatusForbidden)
	f.Browser(t).SignIn("nobody").Want(http.StatusForbidden)
	f.Browser(t).Open("/110105194912310029").Want(http.StatusNotFound)
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	var counted strings.Builder
	for _, family := range families {
		for _, m := range family.GetMetric() {
			counted.WriteString(family.GetName())
			for _, label := range m.GetLabel() {
				counted.WriteString(" " + label.GetValue())
			}
			counted.WriteString("\n")
		}
	}
	for _, want := range []string{
		"bff_console_requests_total 4xx GET funnel", "bff_console_requests_total 4xx  unknown", "bff_console_sign_ins_total signed_in", "bff_console_sign_ins_total no_role",
		"bff_console_request_seconds funnel",
	} {
		if !strings.Contains(counted.String(), want+"\n") {
			t.Errorf("%s was not counted:\n%s", want, counted.String())
		}
	}
	if strings.Contains(counted.String(), "110105194912310029") {
		t.Error("a label holds what a client sent")
	}
}
