package journey

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"renzheng/strictjson"
)

const (
	maxAnswerBytes = 4 << 20 // a portrait has a few hundred KiB
	callTime       = 40 * time.Second
	retryPause     = 100 * time.Millisecond // between attempts while the server does not answer
)

// Client calls the person's API for one session. Not for concurrent use.
type Client struct {
	base     string
	http     *http.Client
	patience time.Duration // how long calls to a server that does not answer are repeated
	token    string
	cookie   *http.Cookie // of a browser that is signed in
	browser  bool         // calls are made by a page of the server
}

// newClient returns a client without a session.
func newClient(base string, patience time.Duration) *Client {
	return &Client{base: base, http: &http.Client{Timeout: callTime}, patience: patience}
}

// request is one call.
type request struct {
	method string
	path   string
	body   any    // nil = none
	key    string // idempotency key; "" if the call needs none
}

// answer is the result of a call.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// read decodes the answer. Unknown members are an error.
func (a answer) read(out any) error {
	if err := strictjson.Decode(a.body, out); err != nil {
		return fmt.Errorf("reading an answer of status %d: %w", a.status, err)
	}
	return nil
}

// newKey returns an idempotency key.
func newKey() string { return rand.Text() }

// get reads a resource into out.
func (c *Client) get(ctx context.Context, path string, out any) error {
	return c.call(ctx, request{method: http.MethodGet, path: path}, out)
}

// post sends body with a new idempotency key, and repeats it with the same key if the
// network or the server fails.
func (c *Client) post(ctx context.Context, path string, body, out any) error {
	return c.call(ctx, request{method: http.MethodPost, path: path, body: body, key: newKey()}, out)
}

// remove deletes a resource.
func (c *Client) remove(ctx context.Context, path string, out any) error {
	return c.call(ctx, request{method: http.MethodDelete, path: path}, out)
}

// call sends a request and reads its answer into out, which is nil for an answer
// without content. Every status other than 2xx is a *Problem.
func (c *Client) call(ctx context.Context, r request, out any) error {
	a, err := c.send(ctx, r)
	if err != nil {
		return err
	}
	if a.status >= http.StatusMultipleChoices {
		return a.problem()
	}
	if out == nil {
		if len(a.body) > 0 {
			return fmt.Errorf("%s %s: got %d bytes, want none", r.method, r.path, len(a.body))
		}
		return nil
	}
	return a.read(out)
}

// send repeats a request until it has a final answer or patience ends.
func (c *Client) send(ctx context.Context, r request) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, max(c.patience, callTime))
	defer cancel()
	giveUp := time.Now().Add(c.patience)
	for {
		a, err := c.once(ctx, r)
		pause := retryPause
		if err == nil {
			var again bool
			if pause, again = a.tryAgain(); !again {
				return a, nil
			}
		}
		if time.Now().Add(pause).After(giveUp) {
			return a, err
		}
		if wait(ctx, pause) != nil {
			return a, err
		}
	}
}

// tryAgain reports whether the same request may have another answer later, because
// the server is starting or still works on the first attempt.
func (a answer) tryAgain() (time.Duration, bool) {
	away := a.status == http.StatusServiceUnavailable || a.status == http.StatusTooManyRequests
	if !away && (a.status != http.StatusConflict || a.problem().Code != "idempotency_key_running") {
		return 0, false
	}
	seconds, err := strconv.Atoi(a.header.Get("Retry-After"))
	if err != nil {
		return retryPause, true
	}
	return time.Duration(seconds) * time.Second, true
}

func (c *Client) once(ctx context.Context, r request) (answer, error) {
	var body io.Reader = http.NoBody
	if r.body != nil {
		encoded, err := json.Marshal(r.body)
		if err != nil {
			return answer{}, fmt.Errorf("encoding a request: %w", err)
		}
		body = bytes.NewReader(encoded)
	}
	req, err := http.NewRequestWithContext(ctx, r.method, c.base+r.path, body)
	if err != nil {
		return answer{}, fmt.Errorf("making a request: %w", err)
	}
	if r.body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	if c.browser {
		req.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	if c.cookie != nil {
		req.AddCookie(c.cookie)
	}
	if r.key != "" {
		req.Header.Set("Idempotency-Key", r.key)
	}
	req.Header.Set("Accept-Language", "zh-Hans")
	got, err := c.http.Do(req)
	if err != nil {
		return answer{}, fmt.Errorf("%s %s: %w", r.method, r.path, err)
	}
	defer func() { _ = got.Body.Close() }()
	content, err := io.ReadAll(io.LimitReader(got.Body, maxAnswerBytes))
	if err != nil {
		return answer{}, fmt.Errorf("reading the answer of %s %s: %w", r.method, r.path, err)
	}
	return answer{status: got.StatusCode, header: got.Header, body: content}, nil
}

// wait pauses, or returns the error of ctx.
func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
