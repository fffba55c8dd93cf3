package main

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sync/errgroup"

	"renzheng/bff"
	"renzheng/cmd/bff/config"
	"renzheng/tracing"
)

// serveCommand runs the server.
type serveCommand struct {
	config.Config `embed:""`
}

// Run serves until a signal arrives, then finishes running requests.
func (c *serveCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	return serve(ctx, &c.Config)
}

// serve runs the server of one configuration until ctx ends. Everything that was
// acknowledged is in the database, so that nothing depends on an orderly shutdown.
func serve(ctx context.Context, c *config.Config) error {
	logger := newLogger(c.LogLevel)
	relaxGC()
	ring, err := c.Storage.OpenKeys()
	if err != nil {
		return err
	}
	metrics := prometheus.NewRegistry()
	spans, err := openTraces(ctx, c, metrics, logger)
	if err != nil {
		return err
	}
	db, err := openTracedStore(ctx, c.Storage, ring, c.Clock(), spans.of())
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	if err = checkSeal(ctx, c.Storage, db, logger); err != nil {
		return err
	}
	epoch, err := rememberEpoch(ctx, c.Storage.StateDir, db, logger)
	if err != nil {
		return err
	}
	app, err := assemble(c, ring, db, epoch, telemetry{logger, metrics, spans.of()}) //nolint:contextcheck // its handlers take the context of their request
	if err != nil {
		return err
	}

	if err = app.takeRules(ctx); err != nil {
		return err
	}
	listeners, err := listen(ctx, app.addresses(c)...)
	if err != nil {
		return err
	}

	group, ctx := errgroup.WithContext(pauseBeforeEnd(tracing.WithItems(ctx, spans.of()), c.ShutdownPause, app.readiness.stop))
	for i, handler := range app.handlers() {
		group.Go(func() error { return serveOn(ctx, listeners[i], bff.NewServer(handler, logger), c.Shutdown) })
	}
	group.Go(func() error { return reloadKeys(ctx, c.Storage, ring, db, logger) })
	group.Go(func() error { return watchEpoch(ctx, db, epoch, logger) })
	group.Go(func() error { return app.registries.run(ctx, logger) })
	group.Go(func() error { return app.deliver(ctx, logger) })
	for _, w := range app.workers(db) {
		group.Go(func() error { return w.run(ctx, logger) })
	}
	for _, gap := range app.verifications.UnservedRoutes() {
		logger.WarnContext(ctx, "no configured check: people are sent to the service window",
			"purpose", gap.Purpose, "document", gap.Document, "channel", gap.Channel)
	}
	logger.InfoContext(ctx, "serving", "version", version(),
		"listen", listeners[0].Addr().String(), "admin", listeners[1].Addr().String(), "environment", c.Environment())
	<-ctx.Done()
	logger.InfoContext(ctx, "stopping", "reason", context.Cause(ctx).Error()) // the signal, or the error of the server or worker that failed
	until := time.Now().Add(c.Shutdown)
	err = group.Wait()
	app.storeCounts(ctx, db, logger)
	spans.flush(ctx, until)
	return err
}

// pauseBeforeEnd returns a context that ends pause after parent, and calls begin when
// parent ends.
func pauseBeforeEnd(parent context.Context, pause time.Duration, begin func()) context.Context {
	ctx, end := context.WithCancelCause(context.WithoutCancel(parent))
	context.AfterFunc(parent, func() {
		begin()
		time.AfterFunc(pause, func() { end(context.Cause(parent)) })
	})
	return ctx
}

// relaxGC makes the garbage collector run less often. The live heap has a few MiB,
// and each collection delays requests. GOGC in the environment takes precedence.
func relaxGC() {
	const percent = 400 // the heap may grow to five times the live heap
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}

// newLogger writes JSON lines to standard error.
func newLogger(level string) *slog.Logger {
	var l slog.Level
	_ = l.UnmarshalText([]byte(level)) // the flag allows valid levels only
	return slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: l}))
}
