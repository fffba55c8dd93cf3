package bff_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// announced is a body that never comes; it notes how much room was made for it.
type announced struct{ room int }

// Read returns nothing.
func (a *announced) Read(into []byte) (int, error) {
	a.room = max(a.room, len(into))
	return 0, io.ErrUnexpectedEOF
}

// Whoever only announces a body, before any signature is looked at, must not make the server set its size aside.
func TestBody_AnnouncedOnlyTakesLittleMemory(t *testing.T) {
	t.Parallel()
	w, body := newFixture(t), &announced{}
	sent := httptest.NewRequestWithContext(t.Context(), http.MethodPut, "/registry/v1/cases/c-1", body)
	sent.ContentLength = 1 << 20
	sent.Header.Set("Content-Type", "application/json")
	recorder := httptest.NewRecorder()
	w.api.Public().ServeHTTP(recorder, sent)
	if recorder.Code != http.StatusBadRequest {
		t.Errorf("got %d, want %d", recorder.Code, http.StatusBadRequest)
	}
	const most = 128 << 10
	if body.room == 0 || body.room > most {
		t.Errorf("got room for %d bytes, want up to %d", body.room, most)
	}
}

func TestHeaders_KeepEveryAnswerFromPluginsFramesAndOpeners(t *testing.T) {
	t.Parallel()
	w := newWebFixture(t)
	for path, source := range map[string]string{
		"/": "'self'", "/js/app.0123456789.js": "'self'", "/docs": "'self'", "/docs/docs.js": "'self'",
		"/v1/session": "'none'", "/v1/notices": "'none'", "/openapi.json": "'none'", "/nowhere.js": "'none'", "/v1//session": "'none'",
	} {
		header := w.browse(t, http.MethodGet, path, nil).header
		policy := header.Get("Content-Security-Policy") + ";"
		for _, directive := range []string{"default-src " + source, "object-src 'none'", "base-uri 'none'", "form-action ", "frame-ancestors 'none'"} {
			if !strings.Contains(policy, directive) {
				t.Errorf("%s: got %q, want %s", path, policy, directive)
			}
		}
		if opener := header.Get("Cross-Origin-Opener-Policy"); opener != "same-origin" {
			t.Errorf("%s: got opener policy %q", path, opener)
		}
	}
}

func TestInvalid_ListsNoMoreThanAClientReads(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	var body strings.Builder
	for i := range 4000 {
		fmt.Fprintf(&body, `,"a%d":0`, i)
	}
	got := w.send(t, request{
		method: http.MethodPost, path: "/v1/sessions", key: "0123456789abcdef", body: "{" + body.String()[1:] + "}",
	}).want(t, http.StatusUnprocessableEntity, "values_invalid")
	if len(got.body) > body.Len() {
		t.Errorf("got %d bytes for a request of %d", len(got.body), body.Len())
	}
}

// The columns of what a device says of itself hold ASCII: other text must be refused before the code is spent.
func TestSession_RefusesADeviceThatIsNotASCII(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	for _, client := range []object{
		{"platform": "苹果", "version": "26.1"}, {"platform": "ios", "version": "二十六"}, {"platform": "ios\n", "version": "26.1"},
	} {
		w.send(t, request{method: http.MethodPost, path: "/v1/sessions", key: "0123456789abcdef", body: object{
			"channel": "alipay", "auth_code": "code", "client": client,
		}}).want(t, http.StatusUnprocessableEntity, "values_invalid")
	}
}
