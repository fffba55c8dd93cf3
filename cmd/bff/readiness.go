package main

import (
	"context"
	"errors"
	"sync/atomic"
)

var errStopping = errors.New("the server is about to stop")

// readiness decides whether load balancers should send requests.
type readiness struct {
	usable   func(context.Context) error // whether the database can serve
	stopping atomic.Bool
}

// stop makes check fail from now on.
func (r *readiness) stop() { r.stopping.Store(true) }

func (r *readiness) check(ctx context.Context) error {
	if r.stopping.Load() {
		return errStopping
	}
	return r.usable(ctx)
}
