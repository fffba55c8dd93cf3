// Package tracing records the parts of a request in a trace: rules, statements and calls of third parties. It knows
// OpenTelemetry's API and not its SDK; cmd/bff decides whether there are traces and where they go.
//
// A part begins only below a part that is recorded. Without traces, and in a trace that was not sampled, Start costs one
// look into the context and allocates nothing.
//
// Nothing personal may be in a trace: the values of its attributes are words of ours, such as names of providers and codes,
// and numbers. It has no ids of persons, sessions or cases, no addresses and no texts of errors. The id of the request leads
// to the line of the log, which has the rest.
package tracing

import (
	"context"
	"errors"
	"reflect"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

// Scope is the name under which the spans of this program are made.
const Scope = "renzheng"

// The attributes of spans.
const (
	RequestID = attribute.Key("renzheng.request_id")
	Problem   = attribute.Key("renzheng.problem")  // code of a problem document
	Provider  = attribute.Key("renzheng.provider") // name, as in the policy
	Call      = attribute.Key("renzheng.call")     // what a third party was asked, e.g. "face_start"
	Outcome   = attribute.Key("renzheng.outcome")  // of a call or of a check
	Attempt   = attribute.Key("renzheng.attempt")  // 1 for the first provider that is asked, 2 for the next
	Registry  = attribute.Key("renzheng.registry")
	Count     = attribute.Key("renzheng.count") // of rows that a worker took up
	Route     = attribute.Key("http.route")
	Method    = attribute.Key("http.request.method")
	Status    = attribute.Key("http.response.status_code")
	ErrorType = attribute.Key("error.type")
)

// Span is one part of a trace. The zero value records nothing.
type Span struct{ inner trace.Span }

// Of returns the Span for a span of OpenTelemetry.
func Of(inner trace.Span) Span { return Span{inner} }

// Start begins a part of the span in ctx. Unless that one is recorded, it returns ctx and the zero Span.
func Start(ctx context.Context, name string) (context.Context, Span) {
	parent := trace.SpanFromContext(ctx)
	if !parent.IsRecording() {
		return ctx, Span{}
	}
	ctx, inner := parent.TracerProvider().Tracer(Scope).Start(ctx, name)
	return ctx, Span{inner}
}

type itemsKey struct{}

// WithItems returns a context in which StartItem begins traces of p.
func WithItems(ctx context.Context, p trace.TracerProvider) context.Context {
	if p == nil {
		return ctx
	}
	return context.WithValue(ctx, itemsKey{}, p)
}

// StartItem begins a trace for one thing that a worker takes up, such as an event to deliver. A round that finds nothing to
// do has no trace.
func StartItem(ctx context.Context, name string) (context.Context, Span) {
	return StartItemAt(ctx, name, time.Time{})
}

// StartItemAt is StartItem for something that began earlier.
func StartItemAt(ctx context.Context, name string, began time.Time) (context.Context, Span) {
	p, ok := ctx.Value(itemsKey{}).(trace.TracerProvider)
	if !ok {
		return ctx, Span{}
	}
	options := []trace.SpanStartOption{trace.WithNewRoot()}
	if !began.IsZero() {
		options = append(options, trace.WithTimestamp(began))
	}
	ctx, inner := p.Tracer(Scope).Start(ctx, name, options...)
	return ctx, Span{inner}
}

// Set adds an attribute. The value must be a word of ours.
func (s Span) Set(key attribute.Key, value string) {
	if s.inner != nil {
		s.inner.SetAttributes(key.String(value))
	}
}

// SetInt adds an attribute that is a number.
func (s Span) SetInt(key attribute.Key, value int) {
	if s.inner != nil {
		s.inner.SetAttributes(key.Int(value))
	}
}

// Fail marks the part as one that went wrong.
func (s Span) Fail() {
	if s.inner != nil {
		s.inner.SetStatus(codes.Error, "")
	}
}

// End ends the part. Of an error it records the type, never the text. The status of the request distinguishes a
// failure from a rejection by the rules.
func (s Span) End(err error) {
	if s.inner == nil {
		return
	}
	if err != nil {
		s.inner.SetAttributes(ErrorType.String(typeOf(err)))
	}
	s.inner.End()
}

// typeOf returns the type of the innermost error that has a type of its own.
func typeOf(err error) string {
	named := "error"
	for err != nil {
		t := reflect.TypeOf(err)
		if t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		if p := t.PkgPath(); p != "fmt" && p != "errors" {
			named = t.String()
		}
		err = errors.Unwrap(err)
	}
	return named
}
