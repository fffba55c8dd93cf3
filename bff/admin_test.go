package bff_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"renzheng/bff"
)

func (w *fixture) admin(t *testing.T, host, path string, headers ...string) reply {
	t.Helper()
	sent := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, http.NoBody)
	sent.Host = host
	for i := 0; i < len(headers); i += 2 {
		sent.Header.Set(headers[i], headers[i+1])
	}
	recorder := httptest.NewRecorder()
	w.api.Admin().ServeHTTP(recorder, sent)
	return reply{status: recorder.Code, header: recorder.Header(), body: recorder.Body.Bytes()}
}

// A page that points its own name to loopback must not be able to read the metrics.
func TestAdmin_AnswersItsOwnHostsOnly(t *testing.T) {
	t.Parallel()
	w := newFixture(t, func(d *bff.Deps) { d.AdminHosts = []string{"bff.internal"} })
	for host, want := range map[string]int{
		"127.0.0.1:9090": 200, "[::1]:9090": 200, "[::1]": 200, "192.0.2.1": 200, "localhost": 200, "LOCALHOST:9090": 200, "bff.internal:9090": 200, "Bff.Internal": 200,
		"attacker.example": 421, "attacker.example:9090": 421, "127.0.0.1.attacker.example": 421, "localhost.attacker.example": 421, "bff": 421, "": 421, ":9090": 421,
	} {
		for _, path := range []string{"/metrics", "/debug/pprof/"} {
			if got := w.admin(t, host, path); got.status != want || want != http.StatusOK && strings.Contains(string(got.body), "goroutine") {
				t.Errorf("%q: got %d for %s, want %d", host, got.status, path, want)
			}
		}
	}
}

func TestAdmin_DoesNotShowTheCommandLine(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	if got := w.admin(t, "localhost", "/debug/pprof/cmdline"); got.status != http.StatusNotFound {
		t.Errorf("got %d %s, want 404", got.status, got.body)
	}
}

// A page in the operator's browser reaches the listener by its address, and must not make it profile itself.
func TestAdmin_RejectsPagesOfOtherSites(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	for _, c := range []struct {
		header, value string
		want          int
	}{
		{header: "Sec-Fetch-Site", value: "cross-site", want: 403},
		{header: "Sec-Fetch-Site", value: "same-site", want: 403}, // another port of this machine
		{header: "Sec-Fetch-Site", value: "same-origin", want: 200},
		{header: "Sec-Fetch-Site", value: "none", want: 200}, // an address that the operator typed
		{header: "Origin", value: "https://attacker.example", want: 403},
		{header: "Origin", value: "http://127.0.0.1:3000", want: 403},
		{header: "Origin", value: "null", want: 403},
		{header: "Origin", value: "http://127.0.0.1:9090", want: 200},
		{header: "User-Agent", value: "Prometheus", want: 200},
	} {
		for _, path := range []string{"/metrics", "/debug/pprof/", "/debug/pprof/symbol"} {
			if got := w.admin(t, "127.0.0.1:9090", path, c.header, c.value); got.status != c.want {
				t.Errorf("%s: %s: got %d for %s, want %d", c.header, c.value, got.status, path, c.want)
			}
		}
	}
}
