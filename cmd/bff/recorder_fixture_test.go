package main

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// recorder is a proxy between clients and a server that records all traffic.
type recorder struct {
	URL string

	target string
	mu     sync.Mutex
	passed []exchanged
}

// exchanged is one call with its answer.
type exchanged struct {
	method, path string
	sent         []byte
	asked        http.Header
	reply
}

func record(t *testing.T, target string) *recorder {
	t.Helper()
	r := &recorder{target: target}
	server := httptest.NewServer(http.HandlerFunc(r.pass))
	t.Cleanup(server.Close)
	r.URL = server.URL
	return r
}

func (r *recorder) pass(out http.ResponseWriter, in *http.Request) {
	body, err := io.ReadAll(in.Body)
	if err != nil {
		http.Error(out, "the request broke off", http.StatusBadGateway)
		return
	}
	on, err := http.NewRequestWithContext(in.Context(), in.Method, r.target+in.URL.RequestURI(), bytes.NewReader(body))
	if err != nil {
		http.Error(out, "the request cannot be passed on", http.StatusBadGateway)
		return
	}
	on.Header, on.Host = in.Header.Clone(), in.Host
	got, err := exchange(on)
	if err != nil {
		http.Error(out, "no answer", http.StatusBadGateway)
		return
	}
	r.mu.Lock()
	r.passed = append(r.passed, exchanged{method: in.Method, path: in.URL.RequestURI(), sent: body, asked: in.Header, reply: got})
	r.mu.Unlock()
	maps.Copy(out.Header(), got.header)
	out.WriteHeader(got.status)
	_, _ = out.Write(got.body) // the client may have left
}

func (r *recorder) all() []exchanged {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.passed
}

// secrets returns what the client said that nobody else may learn, each with its
// kind.
func (e exchanged) secrets() map[string]string {
	found := map[string]string{}
	if token, bearer := strings.CutPrefix(e.asked.Get("Authorization"), "Bearer "); bearer {
		found[token] = "session token"
	}
	if key := e.asked.Get("Idempotency-Key"); key != "" {
		found[key] = "idempotency key"
	}
	var body any
	if json.Unmarshal(e.sent, &body) == nil {
		collect(body, found)
	}
	return found
}

// collect looks for members that hold something of a person.
func collect(value any, found map[string]string) {
	switch value := value.(type) {
	case []any:
		for _, item := range value {
			collect(item, found)
		}
	case map[string]any:
		for name, member := range value {
			text, isText := member.(string)
			switch name {
			case "auth_code", "card", "name", "number", "phone", "strokes":
				if isText && len(text) >= headBytes {
					found[text] = name
				}
			default:
				collect(member, found)
			}
		}
	}
}

// client is an HTTP client whose calls are recorded although they know the
// server by its own address.
func (r *recorder) client() *http.Client {
	const patience = time.Minute
	return &http.Client{Timeout: patience, Transport: throughRecorder{r}}
}

type throughRecorder struct{ *recorder }

// RoundTrip leads a request to the recorder; its Host, which is signed, stays.
func (r throughRecorder) RoundTrip(in *http.Request) (*http.Response, error) {
	on := in.Clone(in.Context())
	if on.Host == "" {
		on.Host = in.URL.Host
	}
	on.URL.Host = strings.TrimPrefix(r.URL, "http://")
	return http.DefaultTransport.RoundTrip(on)
}
