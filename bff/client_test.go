package bff_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	"renzheng/bff"
)

// request is one call. Body is sent as JSON, a string as it is.
type request struct {
	method, path string
	body         any
	token, key   string
	registry     string
	header       map[string]string
	chunked      bool // without saying how long the body is
}

// reply is what came back.
type reply struct {
	status int
	header http.Header
	body   []byte
}

// object is a JSON object.
type object = map[string]any

// send makes a call and holds the answer against the contract.
func (w *fixture) send(tb testing.TB, r request) reply {
	tb.Helper()
	got := w.sendPlain(tb, r)
	inContract(tb, r.http(tb), got)
	w.wantLinked(tb, r, got)
	return got
}

// wantLinked fails if the caller cannot read the answer that a problem names.
func (w *fixture) wantLinked(tb testing.TB, r request, got reply) {
	tb.Helper()
	if got.header.Get("Content-Type") != "application/problem+json" {
		return
	}
	path, ok := got.json(tb)["confirmation"].(string)
	if !ok {
		return
	}
	r = request{method: http.MethodGet, path: path, token: r.token, registry: r.registry, header: r.header}
	if linked := w.sendPlain(tb, r); linked.status != http.StatusOK {
		tb.Errorf("the problem names %s, which answers %d", path, linked.status)
	}
}

// sendPlain makes a call without comparing it with the contract, which does not describe it.
func (w *fixture) sendPlain(tb testing.TB, r request) reply {
	tb.Helper()
	return w.serve(r.http(tb))
}

func (w *fixture) serve(sent *http.Request) reply {
	recorder := httptest.NewRecorder()
	w.api.Public().ServeHTTP(recorder, sent)
	return reply{status: recorder.Code, header: recorder.Header(), body: recorder.Body.Bytes()}
}

func (r request) http(tb testing.TB) *http.Request {
	tb.Helper()
	var body io.Reader = http.NoBody
	text, isText := r.body.(string)
	if r.body != nil && !isText {
		encoded, err := json.Marshal(r.body)
		if err != nil {
			tb.Fatal(err)
		}
		text = string(encoded)
	}
	if text != "" {
		body = strings.NewReader(text)
	}
	sent := httptest.NewRequestWithContext(tb.Context(), r.method, r.path, body)
	if r.body != nil {
		sent.Header.Set("Content-Type", "application/json")
	}
	for name, value := range map[string]string{
		"Idempotency-Key": r.key, "X-Test-Registry": r.registry, "Authorization": "Bearer " + r.token,
	} {
		if value != "" && value != "Bearer " {
			sent.Header.Set(name, value)
		}
	}
	for name, value := range r.header {
		sent.Header.Set(name, value)
	}
	if r.chunked {
		sent.ContentLength = -1
	}
	return sent
}

// inContract fails where status, type, header or body are not in the document.
func inContract(tb testing.TB, sent *http.Request, got reply) {
	tb.Helper()
	if got.header.Get("X-Request-Id") == "" {
		tb.Error("answer without a request id")
	}
	route, params, err := contractRouter(tb).FindRoute(sent)
	if err != nil {
		if got.status != http.StatusNotFound && got.status != http.StatusMethodNotAllowed {
			tb.Errorf("%s %s answered %d, but is not in the contract", sent.Method, sent.URL.Path, got.status)
		}
		return
	}
	err = openapi3filter.ValidateResponse(tb.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: sent, PathParams: params, Route: route},
		Status:                 got.status, Header: got.header, Body: io.NopCloser(bytes.NewReader(got.body)),
		Options: &openapi3filter.Options{IncludeResponseStatus: true},
	})
	if err != nil {
		tb.Errorf("%s %s: %d is not as the contract says: %v\n%s", sent.Method, sent.URL.Path, got.status, err, got.body)
	}
	codeInContract(tb, route, got)
}

// codeInContract holds the code of a problem against the list of its status.
func codeInContract(tb testing.TB, route *routers.Route, got reply) {
	tb.Helper()
	if got.header.Get("Content-Type") != "application/problem+json" {
		return
	}
	response := route.Operation.Responses.Status(got.status)
	if response == nil || response.Value.Description == nil {
		return // reported already
	}
	if code := got.text(tb, "code"); !strings.Contains(*response.Value.Description, "`"+code+"`") {
		tb.Errorf("%s: the contract does not list %s under %d", route.Operation.OperationID, code, got.status)
	}
}

// theContract is the document, read once for all tests.
var theContract = sync.OnceValues(func() (*openapi3.T, error) {
	yaml, err := bff.OpenAPI()
	if err != nil {
		return nil, err
	}
	return openapi3.NewLoader().LoadFromData(yaml)
})

var theRouter = sync.OnceValues(func() (routers.Router, error) {
	document, err := theContract()
	if err != nil {
		return nil, err
	}
	for _, text := range []string{"text/xml", "text/html", "text/javascript", "text/css", "application/openapi+yaml"} {
		openapi3filter.RegisterBodyDecoder(text, openapi3filter.FileBodyDecoder)
	}
	openapi3filter.RegisterBodyDecoder("application/openapi+json", openapi3filter.JSONBodyDecoder)
	return legacy.NewRouter(document)
})

func contractDocument(tb testing.TB) *openapi3.T {
	tb.Helper()
	document, err := theContract()
	if err != nil {
		tb.Fatal(err)
	}
	return document
}

func contractRouter(tb testing.TB) routers.Router {
	tb.Helper()
	router, err := theRouter()
	if err != nil {
		tb.Fatal(err)
	}
	return router
}

// json returns the body as an object.
func (r reply) json(tb testing.TB) object {
	tb.Helper()
	var body object
	if err := json.Unmarshal(r.body, &body); err != nil {
		tb.Fatalf("no JSON object: %v\n%s", err, r.body)
	}
	return body
}

// text returns a member of the body by its path, or "" if it is absent.
func (r reply) text(tb testing.TB, path ...string) string {
	tb.Helper()
	var at any = r.json(tb)
	for _, name := range path {
		members, isObject := at.(object)
		if !isObject {
			return ""
		}
		at = members[name]
	}
	value, _ := at.(string)
	return value
}

// list returns a list of objects in the body.
func (r reply) list(tb testing.TB, name string) []object {
	tb.Helper()
	items, _ := r.json(tb)[name].([]any)
	out := make([]object, len(items))
	for i, item := range items {
		out[i], _ = item.(object)
	}
	return out
}

// want fails unless the answer has a status and, where it is a problem, a code.
func (r reply) want(tb testing.TB, status int, code string) reply {
	tb.Helper()
	if r.status != status || code != "" && r.text(tb, "code") != code {
		tb.Fatalf("got %d, want %d %s\n%s", r.status, status, code, r.body)
	}
	return r
}

func newKey() string { return rand.Text() }
