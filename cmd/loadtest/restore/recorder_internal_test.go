package restore

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// A code that the server never saw is not one of before: its first exchange after the restore is right.
func TestRecorder_KeepsExchangedCodesOnly(t *testing.T) {
	t.Parallel()
	status := http.StatusCreated
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
	t.Cleanup(server.Close)
	r, err := newRecorder(t.Context(), "127.0.0.1:0", server.URL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.close() })
	post := func() {
		t.Helper()
		in := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/v1/sessions", strings.NewReader(url.Values{}.Encode()))
		r.ServeHTTP(httptest.NewRecorder(), in)
	}
	post()
	status = http.StatusUnauthorized
	post()
	server.Close()
	post()
	if got := r.freeze(); len(got) != 1 || got[0].kind != byCode {
		t.Errorf("got %d requests, want the one whose code was exchanged", len(got))
	}
}
