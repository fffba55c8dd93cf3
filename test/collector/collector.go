// Package collector plays the operator's collector of traces: an HTTP server that accepts what OTLP demands of a client, and
// keeps what it was sent.
package collector

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"time"

	collect "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	trace "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// Collector keeps the spans that it was sent. Safe for concurrent use.
type Collector struct {
	server *httptest.Server

	mu     sync.Mutex
	status int // 0 = as OTLP demands
	demand http.Header
	spans  []*trace.Span
	raw    bytes.Buffer
	wrong  []string
}

// New starts a collector that demands a header. The caller closes it.
func New(demand http.Header) *Collector {
	c := &Collector{demand: demand}
	c.server = httptest.NewServer(c)
	return c
}

// Endpoint returns where spans are sent.
func (c *Collector) Endpoint() string { return c.server.URL + "/v1/traces" }

// Close ends the collector.
func (c *Collector) Close() { c.server.Close() }

// Fail lets the collector answer all exports with a status; 0 ends that.
func (c *Collector) Fail(status int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.status = status
}

// ServeHTTP implements [http.Handler].
func (c *Collector) ServeHTTP(out http.ResponseWriter, in *http.Request) {
	body, err := io.ReadAll(in.Body)
	c.mu.Lock()
	defer c.mu.Unlock()
	var request collect.ExportTraceServiceRequest
	switch {
	case c.status != 0:
		out.WriteHeader(c.status)
		return
	case err != nil, in.Method != http.MethodPost, in.URL.Path != "/v1/traces",
		in.Header.Get("Content-Type") != "application/x-protobuf", proto.Unmarshal(body, &request) != nil:
		c.wrong = append(c.wrong, in.Method+" "+in.URL.Path+" "+in.Header.Get("Content-Type"))
		out.WriteHeader(http.StatusBadRequest)
		return
	}
	for name := range c.demand {
		if in.Header.Get(name) != c.demand.Get(name) {
			c.wrong = append(c.wrong, "without "+name)
			out.WriteHeader(http.StatusUnauthorized)
			return
		}
	}
	c.raw.Write(body)
	for _, r := range request.GetResourceSpans() {
		for _, s := range r.GetScopeSpans() {
			c.spans = append(c.spans, s.GetSpans()...)
		}
	}
	answer, _ := proto.Marshal(&collect.ExportTraceServiceResponse{}) // an empty message
	out.Header().Set("Content-Type", "application/x-protobuf")
	_, _ = out.Write(answer) // the client may have left
}

// Spans returns what was sent so far.
func (c *Collector) Spans() []*trace.Span {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.spans)
}

// Raw returns the bodies of all exports.
func (c *Collector) Raw() []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	return bytes.Clone(c.raw.Bytes())
}

// Wrong returns the exports that were rejected, without Fail.
func (c *Collector) Wrong() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.wrong)
}

// Wait returns the spans as soon as ok accepts them, and false if that takes longer than patience.
func (c *Collector) Wait(patience time.Duration, ok func([]*trace.Span) bool) ([]*trace.Span, bool) {
	const pause = 20 * time.Millisecond
	for until := time.Now().Add(patience); ; time.Sleep(pause) {
		spans := c.Spans()
		if ok(spans) {
			return spans, true
		}
		if time.Now().After(until) {
			return spans, false
		}
	}
}
