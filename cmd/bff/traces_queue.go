package main

import (
	"context"
	"log/slog"
	"sync/atomic"

	"github.com/prometheus/client_golang/prometheus"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// spanQueueMeter wraps the library's queue of spans and counts what becomes of each. It never waits: a span that
// finds the queue full is dropped.
type spanQueueMeter struct {
	sdktrace.SpanProcessor // the library's

	logger *slog.Logger

	waiting atomic.Int64
	away    atomic.Bool // whether the last export failed

	exported, failed, dropped prometheus.Counter
}

func (q *spanQueueMeter) register(r prometheus.Registerer) error {
	results := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "bff_trace_spans_total",
		Help: "Spans that ended: exported, failed (the collector did not take them) or dropped (too many waited for it).",
	}, []string{"result"})
	q.exported, q.failed, q.dropped = results.WithLabelValues("exported"), results.WithLabelValues("failed"), results.WithLabelValues("dropped")
	return register(r, results)
}

// OnEnd implements [sdktrace.SpanProcessor].
func (q *spanQueueMeter) OnEnd(s sdktrace.ReadOnlySpan) {
	if !s.SpanContext().IsSampled() {
		return
	}
	if q.waiting.Add(1) > spanQueue {
		q.waiting.Add(-1)
		q.dropped.Inc()
		return
	}
	q.SpanProcessor.OnEnd(s)
}

// countedExporter is the exporter that the queue is emptied into.
type countedExporter struct {
	sdktrace.SpanExporter

	queue *spanQueueMeter
}

// ExportSpans implements [sdktrace.SpanExporter]. It reports no error, which the library would print: the log has a line when
// the collector goes away and one when it is back.
func (e countedExporter) ExportSpans(ctx context.Context, spans []sdktrace.ReadOnlySpan) error {
	err := e.SpanExporter.ExportSpans(ctx, spans)
	e.queue.waiting.Add(-int64(len(spans)))
	if err != nil {
		e.queue.failed.Add(float64(len(spans)))
		if !e.queue.away.Swap(true) {
			e.queue.logger.WarnContext(ctx, "traces are not taken", slog.String("reason", reasonOf(err)))
		}
		return nil
	}
	e.queue.exported.Add(float64(len(spans)))
	if e.queue.away.Swap(false) {
		e.queue.logger.InfoContext(ctx, "traces are taken again")
	}
	return nil
}

// reasonOf returns why an export failed, without the text of the error, which may hold what the other side says.
func reasonOf(err error) string {
	reason, _ := unreached(err)
	return reason
}
