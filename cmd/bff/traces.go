package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"renzheng/cmd/bff/config"
	"renzheng/providers/kit"
)

// Limits of the export. A collector that is away costs the memory of spanQueue spans and nothing else.
const (
	spanQueue   = 4096            // spans that wait for the collector; further ones are dropped
	spanBatch   = 512             // spans in one request
	spanPause   = 2 * time.Second // between two requests
	exportTime  = 5 * time.Second // of one request
	spanFields  = 16              // attributes of a span; the most that one has is eight
	spanText    = 256             // bytes of an attribute; the longest is a route
	noSpanEvent = 0               // events would hold texts of errors
)

// traces sends spans to a collector. A nil *traces makes none.
type traces struct {
	provider *sdktrace.TracerProvider
}

// openTraces returns what sends traces as the settings say, and nil if they name no endpoint.
func openTraces(ctx context.Context, c *config.Config, r prometheus.Registerer, logger *slog.Logger) (*traces, error) {
	if !c.Traces.IsSet() {
		return nil, nil //nolint:nilnil // a nil *traces makes no spans
	}
	exporter, err := newExporter(ctx, c.Traces)
	if err != nil {
		return nil, err
	}
	queue := &spanQueueMeter{logger: logger}
	if err = queue.register(r); err != nil {
		return nil, err
	}
	queue.SpanProcessor = sdktrace.NewBatchSpanProcessor(countedExporter{exporter, queue},
		sdktrace.WithMaxQueueSize(spanQueue), sdktrace.WithMaxExportBatchSize(spanBatch),
		sdktrace.WithBatchTimeout(spanPause), sdktrace.WithExportTimeout(2*exportTime)) //nolint:mnd // the exporter's own limit ends first
	limits := sdktrace.NewSpanLimits()
	limits.AttributeCountLimit, limits.AttributeValueLengthLimit, limits.EventCountLimit, limits.LinkCountLimit = spanFields, spanText, noSpanEvent, 0
	return &traces{sdktrace.NewTracerProvider(
		sdktrace.WithSampler(sdktrace.ParentBased(sdktrace.TraceIDRatioBased(c.Traces.Ratio))),
		sdktrace.WithRawSpanLimits(limits),
		sdktrace.WithResource(resource.NewSchemaless(
			attribute.String("service.name", c.Traces.Service), attribute.String("service.version", version()),
			attribute.String("service.instance.id", rand.Text()), attribute.String("deployment.environment.name", c.Environment()),
		)),
		sdktrace.WithSpanProcessor(queue),
	)}, nil
}

// newExporter returns the library's exporter with all that it would otherwise take from the environment.
func newExporter(ctx context.Context, c config.Traces) (sdktrace.SpanExporter, error) {
	headers, err := c.HeaderFields()
	if err != nil {
		return nil, fmt.Errorf("BFF_TRACES_HEADERS: %w", err)
	}
	client := &http.Client{
		Transport: kit.NewTransport(nil), Timeout: exportTime,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, // headers are for this endpoint
	}
	exporter, err := otlptracehttp.New(ctx,
		otlptracehttp.WithEndpointURL(c.Endpoint), otlptracehttp.WithHeaders(headers), otlptracehttp.WithHTTPClient(client),
		otlptracehttp.WithTimeout(exportTime), otlptracehttp.WithCompression(otlptracehttp.NoCompression),
		otlptracehttp.WithRetry(otlptracehttp.RetryConfig{Enabled: false})) // the next batch is the retry
	if err != nil {
		return nil, fmt.Errorf("opening the export of traces: %w", err)
	}
	return exporter, nil
}

// of returns what makes spans, nil if there are none.
func (t *traces) of() trace.TracerProvider {
	if t == nil {
		return nil
	}
	return t.provider
}

// flush sends what waits, until the deadline.
func (t *traces) flush(ctx context.Context, deadline time.Time) {
	if t == nil {
		return
	}
	ctx, cancel := context.WithDeadline(context.WithoutCancel(ctx), deadline)
	defer cancel()
	_ = t.provider.Shutdown(ctx) // what was not sent is counted, and nothing else depends on it
}
