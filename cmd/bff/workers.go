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

// lease is a row that one replica holds at a time.
type lease struct {
	store  *store.Store
	holder string
}

// leaseLife is how long a lease outlives a dead replica.
const leaseLife = 15 * time.Second

// workers lists everything that happens without a request.
func (a *app) workers(db *store.Store) []worker {
	one := &lease{store: db, holder: rand.Text()}
	return []worker{
		{name: "reconcile", every: 2 * time.Second, work: a.verifications.Reconcile},
		{name: "expire_verifications", every: 10 * time.Second, lease: one, work: a.verifications.Expire},
		{name: "expire_todos", every: 10 * time.Second, lease: one, work: a.todos.Expire},
		{name: "sequence", every: 200 * time.Millisecond, lease: one, work: a.todos.Sequence},
		{name: "deliver", every: 300 * time.Millisecond, work: a.todos.Deliver},
		{name: "render", every: 500 * time.Millisecond, lease: one, work: a.todos.Render},
		{name: "purge", every: time.Minute, lease: one, work: a.todos.Purge},
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
			return nil
		case <-time.After(w.every):
		}
	}
}

// round does one piece of work, where this replica holds the lease.
func (w worker) round(ctx context.Context) (int, error) {
	if w.lease != nil {
		now := time.Now()
		held, err := w.lease.store.Lease(ctx, w.name, w.lease.holder, now, now.Add(leaseLife))
		if err != nil || !held {
			return 0, err
		}
	}
	return w.work(ctx)
}
