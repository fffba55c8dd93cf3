package bff_test

import (
	"database/sql"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// over sends a request through an HTTP server, because only that treats HEAD differently from GET.
func over(t *testing.T, server *httptest.Server, r request) reply {
	t.Helper()
	sent := r.http(t)
	target := strings.TrimPrefix(sent.URL.String(), "http://example.com")
	out, err := http.NewRequestWithContext(t.Context(), r.method, server.URL+target, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	out.Header = sent.Header
	got, err := (&http.Transport{DisableCompression: true, DisableKeepAlives: true}).RoundTrip(out)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = got.Body.Close() }()
	body, err := io.ReadAll(got.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{status: got.StatusCode, header: got.Header, body: body}
}

// confirmed lets a person confirm a todo, and returns the addresses of the confirmation and the todo.
func (p person) confirmed(t *testing.T) (confirmation, todo string) {
	t.Helper()
	shown := p.openTodo(t)
	todo = "/v1/todos/" + shown.text(t, "id")
	got := p.call(t, http.MethodPost, todo+"/confirmation", p.sign(t, shown)).want(t, http.StatusCreated, "")
	return got.header.Get("Location"), todo
}

func TestHead_AnswersWhereverGetDoes(t *testing.T) {
	t.Parallel()
	w := newWebFixture(t)
	p := w.enter(t)
	confirmation, todo := p.confirmed(t)
	ticket := p.call(t, http.MethodPost, "/v1/support/tickets", object{"failure": "face_differs"}).want(t, http.StatusCreated, "")
	verification := p.start(t)
	ids := strings.NewReplacer("/v1/todos/{id}", todo, "/v1/confirmations/{id}", confirmation, "/v1/verifications/{id}", verification,
		"/v1/support/tickets/{id}", ticket.header.Get("Location"), "{case_id}", "case-1", "{signer_id}", "s1")
	server := httptest.NewServer(w.api.Public())
	defer server.Close()
	asked := []string{"/", "/js/app.0123456789.js", "/nowhere.js", "/v1/nowhere"}
	for _, route := range w.api.Routes() {
		if path, isGet := strings.CutPrefix(route, "GET "); isGet {
			asked = append(asked, ids.Replace(path))
		}
	}
	found := 0
	for _, path := range asked {
		for _, token := range []string{p.token, ""} {
			r := request{method: http.MethodHead, path: path, token: token, registry: strings.Repeat("beijing", min(1, len(token)))}
			head := over(t, server, r)
			r.method = http.MethodGet
			get := over(t, server, r)
			if head.status == http.StatusOK {
				found++
			}
			for _, header := range []http.Header{head.header, get.header} {
				for _, own := range []string{"Date", "X-Request-Id", "Set-Cookie", "Location"} { // differ in each answer
					header.Del(own)
				}
			}
			if head.header.Get("Content-Length") == "" { // it may be left out (RFC 9110 §9.3.2)
				get.header.Del("Content-Length")
			}
			if head.status != get.status || len(head.body) != 0 || !sameHeader(head.header, get.header) {
				t.Errorf("%s: got %d %v, want as GET %d %v", path, head.status, head.header, get.status, get.header)
			}
		}
	}
	if found < len(asked) { // most addresses answer 200 with a token, and many without one
		t.Errorf("only %d of %d addresses were there", found, len(asked))
	}
	if got := over(t, server, request{method: http.MethodHead, path: "/v1/sessions"}); got.status != http.StatusMethodNotAllowed || got.header.Get("Allow") != http.MethodPost {
		t.Errorf("got %d, Allow %q where there is no GET, want 405 and POST", got.status, got.header.Get("Allow"))
	}
}

func sameHeader(a, b http.Header) bool {
	if len(a) != len(b) {
		return false
	}
	for name, values := range a {
		if !slices.Equal(values, b[name]) {
			return false
		}
	}
	return true
}

// An answer without content does not count as shown to the person or fetched by the registry.
func TestHead_CountsAsNeitherShownNorFetched(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.enter(t)
	pushed := w.push(t, "case-1", sampleCase(1)).want(t, http.StatusCreated, "").list(t, "signers")[0]
	id, _ := pushed["todo_id"].(string)
	server := httptest.NewServer(w.api.Public())
	defer server.Close()
	if got := over(t, server, request{method: http.MethodHead, path: "/v1/todos/" + id, token: p.token}); got.status != http.StatusOK {
		t.Fatalf("got %d for the todo", got.status)
	}
	p.call(t, http.MethodPost, "/v1/verifications", object{
		"purpose": "confirm", "todo_id": id, "revision": 1, "content_digest": pushed["content_digest"],
	}).want(t, http.StatusConflict, "content_not_shown")

	shown := p.call(t, http.MethodGet, "/v1/todos/"+id, nil)
	p.call(t, http.MethodPost, "/v1/todos/"+id+"/confirmation", p.sign(t, shown)).want(t, http.StatusCreated, "")
	evidence := request{method: http.MethodHead, path: "/registry/v1/cases/case-1/signers/s1/evidence", registry: "beijing"}
	if got := over(t, server, evidence); got.status != http.StatusOK || w.fetches(t) != "0" {
		t.Errorf("got %d and %s fetches on record after HEAD, want 200 and none", got.status, w.fetches(t))
	}
	evidence.method = http.MethodGet
	if over(t, server, evidence); w.fetches(t) != "1" {
		t.Errorf("got %s fetches on record after GET, want one", w.fetches(t))
	}
}

func (w *fixture) fetches(t *testing.T) string {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+w.path+"?_pragma=query_only(1)")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	return column(t, db, "SELECT CAST(COUNT(*) AS TEXT) FROM evidence_fetches")[0]
}
