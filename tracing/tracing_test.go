package tracing_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"go.opentelemetry.io/otel/attribute"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"renzheng/tracing"
)

func newProvider(ratio float64) (*sdktrace.TracerProvider, *tracetest.InMemoryExporter) {
	spans := tracetest.NewInMemoryExporter()
	return sdktrace.NewTracerProvider(sdktrace.WithSyncer(spans), sdktrace.WithSampler(sdktrace.TraceIDRatioBased(ratio))), spans
}

func TestStart_CostsNothingWithoutATrace(t *testing.T) { //nolint:paralleltest // AllocsPerRun measures the whole process
	provider, _ := newProvider(0)
	unsampled, _ := provider.Tracer("test").Start(t.Context(), "parent")
	for name, ctx := range map[string]context.Context{"off": t.Context(), "not sampled": unsampled} {
		got := testing.AllocsPerRun(100, func() {
			_, span := tracing.Start(ctx, "a rule")
			span.Set(tracing.Outcome, "ok")
			span.SetInt(tracing.Attempt, 1)
			span.Fail()
			span.End(nil)
		})
		if got != 0 {
			t.Errorf("%s: got %v allocations, want none", name, got)
		}
	}
}

type ownError struct{ text string }

func (e *ownError) Error() string { return e.text }

func TestEnd_RecordsTheTypeOfAnErrorOnly(t *testing.T) {
	t.Parallel()
	for want, err := range map[string]error{
		"tracing_test.ownError": fmt.Errorf("doing: %w", &ownError{"119901197001010026"}),
		"error":                 errors.New("119901197001010026"),
	} {
		provider, spans := newProvider(1)
		ctx, parent := provider.Tracer("test").Start(t.Context(), "parent")
		_, span := tracing.Start(ctx, "a rule")
		span.End(err)
		parent.End()
		got := spans.GetSpans()
		if len(got) != 2 || len(got[0].Events) != 0 || got[0].Parent.SpanID() != got[1].SpanContext.SpanID() {
			t.Fatalf("got %+v", got)
		}
		if a := got[0].Attributes; len(a) != 1 || a[0] != attribute.String("error.type", want) {
			t.Errorf("got %v, want the type %s", a, want)
		}
	}
}

func TestStartItem_BeginsATraceOfItsOwn(t *testing.T) {
	t.Parallel()
	provider, spans := newProvider(1)
	ctx := tracing.WithItems(t.Context(), provider)
	if _, none := tracing.Start(ctx, "nothing is taken up"); none != (tracing.Span{}) {
		t.Error("a round without anything to do has a span")
	}
	_, item := tracing.StartItem(ctx, "an event")
	item.End(nil)
	_, none := tracing.StartItem(t.Context(), "without traces")
	none.End(nil)
	if got := spans.GetSpans(); len(got) != 1 || got[0].Parent.IsValid() {
		t.Errorf("got %+v", got)
	}
}
