package main

import (
	"context"
	"errors"
	"log/slog"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
)

// stuckExporter takes spans when it is told to, and then fails.
type stuckExporter struct {
	release chan struct{}
	taken   int
}

func (e *stuckExporter) ExportSpans(_ context.Context, spans []sdktrace.ReadOnlySpan) error {
	<-e.release
	e.taken += len(spans)
	return errors.New("http://collector.example/v1/traces does not answer")
}

func (e *stuckExporter) Shutdown(context.Context) error { return nil }

// A collector that hangs holds so many spans and no request.
func TestSpanQueue_DropsWhatIsTooMuch(t *testing.T) {
	t.Parallel()
	exporter := &stuckExporter{release: make(chan struct{})}
	queue := &spanQueueMeter{logger: slog.New(slog.DiscardHandler)}
	if err := queue.register(prometheus.NewRegistry()); err != nil {
		t.Fatal(err)
	}
	queue.SpanProcessor = sdktrace.NewBatchSpanProcessor(countedExporter{exporter, queue},
		sdktrace.WithMaxQueueSize(spanQueue), sdktrace.WithMaxExportBatchSize(spanBatch))
	provider := sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(queue))
	const tooMany = 1000
	for range spanQueue + tooMany {
		_, span := provider.Tracer("test").Start(t.Context(), "a request")
		span.End()
	}
	if got := testutil.ToFloat64(queue.dropped); got != tooMany {
		t.Errorf("got %v dropped, want %d", got, tooMany)
	}
	close(exporter.release)
	if err := provider.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := testutil.ToFloat64(queue.failed); got != spanQueue || exporter.taken != spanQueue {
		t.Errorf("got %v failed of %d, want %d", got, exporter.taken, spanQueue)
	}
}

// What was not sampled is nobody's loss.
func TestSpanQueue_CountsSampledSpansOnly(t *testing.T) {
	t.Parallel()
	queue := &spanQueueMeter{SpanProcessor: sdktrace.NewSimpleSpanProcessor(tracetest.NewNoopExporter())}
	if err := queue.register(prometheus.NewRegistry()); err != nil {
		t.Fatal(err)
	}
	provider := sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(queue), sdktrace.WithSampler(sdktrace.TraceIDRatioBased(0)))
	_, span := provider.Tracer("test").Start(t.Context(), "a request")
	span.End()
	if got := queue.waiting.Load(); got != 0 {
		t.Errorf("%d spans wait", got)
	}
}
