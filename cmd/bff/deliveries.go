package main

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"
)

// deliver runs a worker for each registry until ctx ends, so that a slow registry
// does not delay the others. A worker starts and stops when its registry is added to
// the configuration or removed from it. The events of a registry that was removed
// wait until it is there again.
func (a *app) deliver(ctx context.Context, logger *slog.Logger) error {
	var workers sync.WaitGroup
	defer workers.Wait()
	running := map[string]context.CancelFunc{}
	for {
		changed := a.registries.live.Changed() // before the ids are read, so that no change is missed
		ids := a.registries.live.Current().IDs()
		for id, stop := range running {
			if !slices.Contains(ids, id) {
				stop()
				delete(running, id)
			}
		}
		for _, id := range ids {
			if running[id] == nil {
				var own context.Context
				own, running[id] = context.WithCancel(ctx)
				workers.Go(func() { _ = a.delivery(id).run(own, logger) }) // its only error would be that of a lease
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-changed:
		}
	}
}

// delivery returns the worker of one registry.
func (a *app) delivery(registryID string) worker {
	return worker{
		name: "deliver", every: 300 * time.Millisecond, rest: 100 * time.Millisecond, count: a.rounds,
		work: func(ctx context.Context) (int, error) { return a.todos.Deliver(ctx, registryID) },
	}
}
