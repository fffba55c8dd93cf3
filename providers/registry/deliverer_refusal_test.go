package registry_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"renzheng/providers/registry"
)

func TestDeliverer_Refusals(t *testing.T) {
	t.Parallel()
	var redirected atomic.Int32
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { redirected.Add(1) }))
	t.Cleanup(elsewhere.Close)
	cases := map[string]struct {
		answer http.HandlerFunc
		want   string
	}{
		"an error":           {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) }, "status 503"},
		"a status below 200": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotModified) }, "status 304"},
		"a redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere.URL, http.StatusTemporaryRedirect)
		}, "status 307"},
		"no answer":              {hang, "timeout"},
		"an answer without end":  {func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "x"); flush(w); hang(w, r) }, "timeout"},
		"an answer of 65 KiB":    {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 65<<10)) }, "answer_too_large"},
		"a header of 64 KiB":     {func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("X", strings.Repeat("x", 64<<10)) }, "connection_broken"},
		"a connection that ends": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "connection_broken"},
		"an answer of 64 KiB":    {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 64<<10)) }, ""},
		"another success":        {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusAccepted) }, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(c.answer)
			t.Cleanup(server.Close)
			config := registry.DelivererConfig{}
			if c.want == "timeout" {
				config.Timeout = 200 * time.Millisecond
			}
			d := deliverer(t, loopback(server.URL), config)
			if got := reasonOf(t, d.Deliver(t.Context(), sampleEvent())); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if redirected.Load() != 0 {
				t.Error("got the redirect followed")
			}
		})
	}
}

// hang reads the request, so that the server sees the caller leave.
func hang(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	<-r.Context().Done()
}

func flush(w http.ResponseWriter) { _ = http.NewResponseController(w).Flush() }

func TestDeliverer_ReachesNobodyElse(t *testing.T) {
	t.Parallel()
	var reached atomic.Int32
	count := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) })
	plain, secure := httptest.NewServer(count), httptest.NewTLSServer(count)
	t.Cleanup(plain.Close)
	t.Cleanup(secure.Close)
	closed := httptest.NewServer(count)
	closed.Close()
	port := func(s *httptest.Server) string { return strings.TrimPrefix(s.URL[strings.LastIndex(s.URL, ":"):], ":") }
	for name, c := range map[string]struct {
		callback object
		want     string
	}{
		"loopback by a host that is allowed by name": {
			object{"url": "http://localhost:" + port(plain), "allow": []string{"localhost"}, "secret": secretText("s")}, "address_refused",
		},
		"loopback where another is allowed": {loopback(plain.URL).with("allow", []string{"127.0.0.2"}), "address_refused"},
		"a certificate of nobody we trust":  {loopback(secure.URL), "tls"},
		"https where http is spoken":        {loopback("https://127.0.0.1:" + port(plain)), "tls"},
		"nobody there":                      {loopback(closed.URL), "unreachable"},
	} {
		d := deliverer(t, c.callback, registry.DelivererConfig{})
		if got := reasonOf(t, d.Deliver(t.Context(), sampleEvent())); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
	if n := reached.Load(); n != 0 {
		t.Errorf("got %d requests through, want none", n)
	}
}
