package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"renzheng/bff"
	"renzheng/cmd/bff/config"
	"renzheng/keyring"
	"renzheng/setting"
	"renzheng/sql/store"
)

// serveCommand runs the server.
type serveCommand struct {
	config.Config `embed:""`
}

// Run serves until a signal, then finishes what runs.
func (c *serveCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	return serve(ctx, &c.Config)
}

// serve runs the product of one configuration until ctx ends. Nothing that was
// acknowledged needs the shutdown to be orderly: it is in the database.
func serve(ctx context.Context, c *config.Config) error {
	logger := newLogger(c.LogLevel)
	relaxGC()
	ring, err := c.Storage.OpenKeys()
	if err != nil {
		return err
	}
	db, err := openStore(ctx, c.Storage, ring)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	app, err := assemble(c, ring, db, logger) //nolint:contextcheck // its handlers take the context of their request
	if err != nil {
		return err
	}

	listeners, err := listen(ctx, c.Listen, c.Admin)
	if err != nil {
		return err
	}

	group, ctx := errgroup.WithContext(ctx)
	for i, handler := range []http.Handler{app.api.Public(), app.api.Admin()} {
		group.Go(func() error { return serveOn(ctx, listeners[i], bff.NewServer(handler, logger), c.Shutdown) })
	}
	group.Go(func() error { return reloadKeys(ctx, c.Storage, ring, db, logger) })
	for _, w := range app.workers(db) {
		group.Go(func() error { return w.run(ctx, logger) })
	}
	for _, gap := range app.verifications.UnservedRoutes() {
		logger.WarnContext(ctx, "no configured way: people are sent to the service window",
			"purpose", gap.Purpose, "document", gap.Document, "channel", gap.Channel)
	}
	logger.InfoContext(ctx, "serving", "version", version(),
		"listen", listeners[0].Addr().String(), "admin", listeners[1].Addr().String(), "environment", c.Environment())
	<-ctx.Done()
	logger.InfoContext(ctx, "stopping", "reason", context.Cause(ctx).Error()) // the signal, or the error of the server or worker that failed
	return group.Wait()
}

// relaxGC collects garbage later than Go would: the live heap is some MiB, and
// each collection stops a request for it. GOGC in the environment has the last word.
func relaxGC() {
	const percent = 400 // the heap may reach five times what is live, which is a few MiB
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}

// openStore opens the database, brings its schema up to date and refuses keys
// that differ from those its data was sealed with (R28).
func openStore(ctx context.Context, c config.Storage, ring *keyring.Ring) (*store.Store, error) {
	if err := c.CheckReadable(c); err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, store.Config{DSN: c.Database.Reveal(), Ring: ring, Clock: time.Now, Rand: rand.Reader})
	if err != nil {
		return nil, setting.Errorf("BFF_DATABASE", "opening the database: %w", err)
	}
	if err := errors.Join(db.Durable(ctx), db.Migrate(ctx), db.RegisterKeys(ctx)); err != nil {
		return nil, errors.Join(fmt.Errorf("preparing the database: %w", err), db.Close())
	}
	return db, nil
}

// listen opens a listener on each address. If one fails, it closes the others.
func listen(ctx context.Context, addresses ...string) ([]net.Listener, error) {
	var open []net.Listener
	for _, address := range addresses {
		listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
		if err != nil {
			for _, earlier := range open {
				_ = earlier.Close()
			}
			return nil, fmt.Errorf("listening on %s: %w", address, err)
		}
		open = append(open, listener)
	}
	return open, nil
}

// serveOn serves until ctx ends, then lets running requests finish.
func serveOn(ctx context.Context, listener net.Listener, server *http.Server, patience time.Duration) error {
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serving on %s: %w", listener.Addr(), err)
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	if err := server.Shutdown(last); err != nil {
		return errors.Join(fmt.Errorf("ending running requests: %w", err), server.Close())
	}
	return nil
}

// reloadKeys reads the key file again on SIGHUP; a bad file changes nothing.
func reloadKeys(ctx context.Context, c config.Storage, ring *keyring.Ring, db *store.Store, logger *slog.Logger) error {
	hangup := make(chan os.Signal, 1)
	signal.Notify(hangup, syscall.SIGHUP)
	defer signal.Stop(hangup)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-hangup:
		}
		if err := reload(ctx, c, ring, db); err != nil {
			logger.ErrorContext(ctx, "keys not reloaded", "error", err)
			continue
		}
		logger.InfoContext(ctx, "keys reloaded")
	}
}

// reload holds a key file against the database before any key of it is used: an
// old file would seal and look up by keys that nothing is stored under.
func reload(ctx context.Context, c config.Storage, ring *keyring.Ring, db *store.Store) error {
	content, err := c.ReadSecretFile(c.Keys)
	if err != nil {
		return fmt.Errorf("reading the key file: %w", err)
	}
	candidate, err := keyring.Open(content)
	if err != nil {
		return err
	}
	if err = db.CompareKeys(ctx, candidate); err != nil {
		return fmt.Errorf("comparing the keys: %w", err)
	}
	if err = ring.Reload(content); err != nil {
		return err
	}
	return db.RegisterKeys(ctx)
}

// newLogger writes JSON lines to standard error.
func newLogger(level string) *slog.Logger {
	var l slog.Level
	_ = l.UnmarshalText([]byte(level)) // the flag allows known words only
	return slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: l}))
}
