package restore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// recorder stands in front of the server, at the address at which everybody expects it.
type recorder struct {
	server *http.Server
	proxy  *httputil.ReverseProxy
	target string

	mu     sync.Mutex
	frozen bool
	seen   []recorded
}

// recorded is a request with a credential.
type recorded struct {
	method, uri string
	header      http.Header
	body        []byte
	kind        string // of its credential
}

// The kinds of credentials.
const (
	byToken     = "token"     // of a session
	bySignature = "signature" // of a registry, with a nonce
	byCode      = "code"      // of a channel, with an idempotency key
)

func newRecorder(ctx context.Context, address, target string) (*recorder, error) {
	to, err := url.Parse(target)
	if err != nil {
		return nil, err
	}
	r := &recorder{target: target, proxy: &httputil.ReverseProxy{
		Rewrite: func(p *httputil.ProxyRequest) {
			p.SetURL(to)
			p.Out.Host = p.In.Host
		},
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) {
			w.Header().Set("Retry-After", "1") // as a load balancer whose only server is gone
			w.WriteHeader(http.StatusServiceUnavailable)
		},
	}}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listening for the server: %w", err)
	}
	r.server = &http.Server{Handler: r, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = r.server.Serve(listener) }() // ends with close
	return r, nil
}

// ServeHTTP records a request and passes it on.
func (r *recorder) ServeHTTP(w http.ResponseWriter, in *http.Request) {
	body, err := io.ReadAll(in.Body)
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	in.Body = io.NopCloser(bytes.NewReader(body))
	one := recorded{method: in.Method, uri: in.URL.RequestURI(), header: in.Header.Clone(), body: body, kind: kindOf(in)}
	if one.kind == byToken || one.kind == bySignature {
		r.record(one)
	}
	answer := &answerWriter{ResponseWriter: w}
	r.proxy.ServeHTTP(answer, in)
	// A code is one of before only once it was exchanged: the server may have been killed before it saw the request.
	if one.kind == byCode && one.accepted(answer.status) {
		r.record(one)
	}
}

// answerWriter keeps the status of an answer.
type answerWriter struct {
	http.ResponseWriter

	status int
}

// WriteHeader implements [http.ResponseWriter].
func (w *answerWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets the proxy flush.
func (w *answerWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (r *recorder) record(one recorded) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.frozen {
		r.seen = append(r.seen, one)
	}
}

// kindOf returns the kind of a request's credential, "" for none.
func kindOf(in *http.Request) string {
	switch {
	case in.Header.Get("Signature") != "":
		return bySignature
	case in.Header.Get("Authorization") != "":
		return byToken
	case in.Method == http.MethodPost && in.URL.Path == "/v1/sessions":
		return byCode
	}
	return ""
}

// freeze ends the recording: what comes later is of the epoch after.
func (r *recorder) freeze() []recorded {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.frozen = true
	return r.seen
}

func (r *recorder) close() error { return r.server.Close() }

// replay sends requests again, straight to the server, and returns how many of each kind were accepted.
func (r *recorder) replay(ctx context.Context, requests []recorded) (map[string]int, error) {
	client := &http.Client{Timeout: 40 * time.Second}
	accepted := map[string]int{}
	// Tokens first: a code that is accepted again gives its session another token.
	order := []string{byToken, bySignature, byCode}
	requests = slices.SortedStableFunc(slices.Values(requests), func(a, b recorded) int {
		return slices.Index(order, a.kind) - slices.Index(order, b.kind)
	})
	for _, one := range requests {
		status, err := r.send(ctx, client, one)
		if err != nil {
			return nil, fmt.Errorf("sending a request of before again: %w", err)
		}
		if !one.accepted(status) {
			continue
		}
		needed, err := r.needsToken(ctx, client, one)
		if err != nil {
			return nil, err
		}
		if needed {
			accepted[one.kind]++
		}
	}
	return accepted, nil
}

// needsToken reports whether a request is rejected with a token that never was. Clients send theirs with public resources too,
// such as notices, which nobody looks at.
func (r *recorder) needsToken(ctx context.Context, client *http.Client, one recorded) (bool, error) {
	if one.kind != byToken {
		return true, nil
	}
	one.header = one.header.Clone()
	one.header.Set("Authorization", "Bearer "+strings.Repeat("A", tokenLength))
	status, err := r.send(ctx, client, one)
	return status == http.StatusUnauthorized, err
}

// tokenLength is that of a session's token.
const tokenLength = 43

func (r *recorder) send(ctx context.Context, client *http.Client, one recorded) (int, error) {
	request, err := http.NewRequestWithContext(ctx, one.method, r.target+one.uri, bytes.NewReader(one.body))
	if err != nil {
		return 0, err
	}
	request.Header = one.header.Clone()
	response, err := client.Do(request)
	if err != nil {
		return 0, err
	}
	_, err = io.Copy(io.Discard, response.Body)
	return response.StatusCode, errors.Join(err, response.Body.Close())
}

// accepted reports whether a status says that the credential was taken: whatever follows 401 has looked further. A code that is
// exchanged again is taken only if that makes a session.
func (o recorded) accepted(status int) bool {
	if o.kind == byCode {
		return status < http.StatusMultipleChoices
	}
	return status != http.StatusUnauthorized
}
