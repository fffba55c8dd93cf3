package bff

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"renzheng/tracing"
)

// traces makes a span of each request. The zero value makes none.
type traces struct {
	tracer  trace.Tracer // nil = none
	proxies forwarding
}

func newTraces(p trace.TracerProvider, proxies forwarding) traces {
	if p == nil {
		return traces{}
	}
	return traces{tracer: p.Tracer(tracing.Scope), proxies: proxies}
}

// begin begins the span of a request. Probes are not traced.
//
// A request of a trusted proxy goes on with the proxy's trace and with its decision whether the trace is sampled. A
// traceparent of anybody else is not read: a client could choose which of its requests are recorded, and join requests of
// other persons in one trace. What a client may have said in tracestate or baggage is never read, because it may be personal.
func (t traces) begin(ctx context.Context, r *http.Request, c *call) (context.Context, trace.Span) {
	if t.tracer == nil || r.URL.Path == healthPath || r.URL.Path == readyPath {
		return ctx, nil
	}
	if peer, ok := parseNode(r.RemoteAddr); ok && t.proxies.trusts(peer) {
		ctx = propagation.TraceContext{}.Extract(ctx, parentOnly{r.Header})
	}
	route, method := c.named(r.Method)
	return t.tracer.Start(ctx, spanName(route, method), trace.WithSpanKind(trace.SpanKindServer),
		trace.WithAttributes(tracing.Route.String(route), tracing.Method.String(method), tracing.RequestID.String(c.id)))
}

// end ends the span of a request that was answered.
func (t traces) end(g *gin.Context, c *call, span trace.Span) {
	if span == nil {
		return
	}
	defer span.End()
	if !span.IsRecording() {
		return
	}
	status := g.Writer.Status()
	recorded := tracing.Of(span)
	recorded.SetInt(tracing.Status, status)
	if c.code != "" {
		recorded.Set(tracing.Problem, c.code)
	}
	if status >= http.StatusInternalServerError {
		recorded.Fail()
	}
}

// spanName returns what the span of a request is called.
func spanName(route, method string) string {
	if method == "" {
		return route
	}
	return method + " " + route
}

// parentOnly is a header of which only traceparent is read.
type parentOnly struct{ header http.Header }

// Get implements [propagation.TextMapCarrier].
func (p parentOnly) Get(key string) string {
	const parent = "traceparent"
	if key != parent {
		return ""
	}
	return p.header.Get(key)
}

// Set implements [propagation.TextMapCarrier]. Nothing is written: no trace is told to anybody.
func (parentOnly) Set(string, string) {}

// Keys implements [propagation.TextMapCarrier].
func (parentOnly) Keys() []string { return nil }
