package main

import (
	"context"
	"crypto/rand"
	"log/slog"
	"time"

	"renzheng/sql/store"
)

// worker calls one rule again and again. A rule that must not run twice at once
// names a lease, which only one replica holds.
type worker struct {
	name  string
	every time.Duration
	lease *lease
	work  func(ctx context.Context) (int, error)
}

// workers lists everything that happens without a request.
func (a *app) workers(db *store.Store) []worker {
	holder := rand.Text()
	alone := func(name string) *lease { return &lease{store: db, name: name, holder: holder} }
	return []worker{
		{name: "reconcile", every: 2 * time.Second, work: a.verifications.Reconcile},
		{name: "expire_verifications", every: 10 * time.Second, lease: alone("expire_verifications"), work: a.verifications.Expire},
		{name: "expire_todos", every: 10 * time.Second, lease: alone("expire_todos"), work: a.todos.Expire},
		{name: "sequence", every: 200 * time.Millisecond, lease: alone("sequence"), work: a.todos.Sequence},
		{name: "deliver", every: 300 * time.Millisecond, work: a.todos.Deliver},
		{name: "render", every: 500 * time.Millisecond, lease: alone("render"), work: a.todos.Render},
		{name: "purge", every: time.Minute, lease: alone("purge"), work: a.todos.Purge},
	}
}

// run works until ctx ends. A failure is logged and tried again; the pause after
// an idle or failed round keeps a broken database from being hammered.
func (w worker) run(ctx context.Context, logger *slog.Logger) error {
	for {
		done, err := w.round(ctx)
		if err != nil && ctx.Err() == nil {
			logger.ErrorContext(ctx, "worker round", "worker", w.name, "error", err)
		}
		if err == nil && done > 0 && ctx.Err() == nil {
			continue
		}
		select {
		case <-ctx.Done():
			if err := w.lease.giveBack(ctx); err != nil {
				logger.WarnContext(ctx, "lease runs out by itself", "worker", w.name, "error", err)
			}
			return nil
		case <-time.After(w.every):
		}
	}
}

// round does one piece of work, where this replica holds the lease.
func (w worker) round(ctx context.Context) (int, error) {
	if held, err := w.lease.hold(ctx); err != nil || !held {
		return 0, err
	}
	return w.work(ctx)
}
