package main

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

// caller calls one server, with a session where it has a token.
type caller struct {
	base  string
	token string
}

// request is one call. Body is sent as JSON, a []byte as it is, nil not at all.
type request struct {
	method, path string
	body         any
	key          string // Idempotency-Key
	header       map[string]string
}

// reply is what came back.
type reply struct {
	status int
	header http.Header
	body   []byte
}

// members is a JSON object.
type members map[string]any

func (c caller) send(t *testing.T, r request) reply {
	t.Helper()
	got, err := c.try(r)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// try is send for goroutines, which must not end the test.
func (c caller) try(r request) (reply, error) {
	raw, isRaw := r.body.([]byte)
	if !isRaw && r.body != nil {
		var err error
		if raw, err = json.Marshal(r.body); err != nil {
			return reply{}, err
		}
	}
	sent, err := http.NewRequest(r.method, c.base+r.path, bytes.NewReader(raw))
	if err != nil {
		return reply{}, err
	}
	if raw != nil {
		sent.Header.Set("Content-Type", "application/json")
	}
	if c.token != "" {
		sent.Header.Set("Authorization", "Bearer "+c.token)
	}
	if r.key != "" {
		sent.Header.Set("Idempotency-Key", r.key)
	}
	for name, value := range r.header {
		sent.Header.Set(name, value)
	}
	return exchange(sent)
}

// exchange does not follow redirects, so that tests see the server's own answer.
func exchange(sent *http.Request) (reply, error) {
	const patience = time.Minute
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	got, err := (&http.Client{Timeout: patience, CheckRedirect: stay}).Do(sent)
	if err != nil {
		return reply{}, err
	}
	defer func() { _ = got.Body.Close() }()
	body, err := io.ReadAll(got.Body)
	return reply{status: got.StatusCode, header: got.Header, body: body}, err
}

func (c caller) get(t *testing.T, path string) reply {
	t.Helper()
	return c.send(t, request{method: http.MethodGet, path: path})
}

// post sends under a fresh idempotency key.
func (c caller) post(t *testing.T, path string, body any) reply {
	t.Helper()
	return c.send(t, request{method: http.MethodPost, path: path, body: body, key: rand.Text()})
}

func (c caller) remove(t *testing.T, path string) reply {
	t.Helper()
	return c.send(t, request{method: http.MethodDelete, path: path})
}

// is requires a status.
func (r reply) is(t *testing.T, status int) reply {
	t.Helper()
	if r.status != status {
		t.Fatalf("got %d %s, want %d", r.status, r.body, status)
	}
	return r
}

// refused requires a problem document of this status and code.
func (r reply) refused(t *testing.T, status int, code string) reply {
	t.Helper()
	if got := r.text(t, "code"); r.status != status || got != code {
		t.Fatalf("got %d %s, want %d %s", r.status, r.body, status, code)
	}
	if kind := r.header.Get("Content-Type"); kind != "application/problem+json" {
		t.Errorf("got a problem of type %q", kind)
	}
	return r
}

// text returns the value at a path like "todos.0.id", or "" if it is absent.
func (r reply) text(t *testing.T, path string) string {
	t.Helper()
	var value any
	decoder := json.NewDecoder(bytes.NewReader(r.body))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		t.Fatalf("the answer of status %d is no JSON: %q", r.status, r.body)
	}
	for name := range strings.SplitSeq(path, ".") {
		switch inner := value.(type) {
		case map[string]any:
			value = inner[name]
		case []any:
			i, err := strconv.Atoi(name)
			if err != nil || i >= len(inner) {
				return ""
			}
			value = inner[i]
		default:
			return ""
		}
	}
	if value == nil {
		return ""
	}
	return fmt.Sprint(value)
}

// length returns the number of entries of the array with a name.
func (r reply) length(t *testing.T, name string) int {
	t.Helper()
	var object map[string]json.RawMessage
	var entries []json.RawMessage
	if err := json.Unmarshal(r.body, &object); err != nil {
		t.Fatalf("the answer is no object: %s", r.body)
	}
	if err := json.Unmarshal(object[name], &entries); err != nil {
		t.Fatalf("%s is no array in %s", name, r.body)
	}
	return len(entries)
}

// anonymous returns the body without the ids of the request.
func (r reply) anonymous(t *testing.T) string {
	t.Helper()
	var document map[string]any
	if err := json.Unmarshal(r.body, &document); err != nil {
		t.Fatalf("the answer is no object: %s", r.body)
	}
	delete(document, "request_id")
	return fmt.Sprint(r.status, document)
}
