package main

import (
	"context"
	"errors"
	"sync/atomic"

	"github.com/prometheus/client_golang/prometheus"
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

// metric returns a gauge that asks when it is scraped.
func (r *readiness) metric() prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "bff_ready", Help: "1 if this replica can serve: the database takes changes and is the one that the replica knows. Else 0.",
	}, func() float64 {
		ctx, cancel := context.WithTimeout(context.Background(), backlogTime)
		defer cancel()
		if r.check(ctx) != nil {
			return 0
		}
		return 1
	})
}
