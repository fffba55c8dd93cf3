package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

var (
	errStopping = errors.New("the server is about to stop")
	errClocks   = errors.New("the clocks of this machine and of the database differ too much: let a time service set them")
)

// readiness decides whether load balancers should send requests.
type readiness struct {
	usable   func(context.Context) error                  // whether the database can serve
	skew     func(context.Context) (time.Duration, error) // of the database's clock
	stopping atomic.Bool
}

// stop makes check fail from now on.
func (r *readiness) stop() { r.stopping.Store(true) }

func (r *readiness) check(ctx context.Context) error {
	if r.stopping.Load() {
		return errStopping
	}
	if err := r.usable(ctx); err != nil {
		return err
	}
	return r.clocks(ctx)
}

// clocks returns an error if codes, sessions and windows would end at another time here than in other replicas (R37).
func (r *readiness) clocks(ctx context.Context) error {
	skew, err := r.skew(ctx)
	if err == nil && skew.Abs() > skewProblem {
		err = fmt.Errorf("%w: the database is ahead by %s", errClocks, skew.Round(time.Millisecond))
	}
	return err
}

// metric returns a gauge that asks when it is scraped.
func (r *readiness) metric() prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "bff_ready", Help: "1 if this replica can serve: the database takes changes, is the one that the replica knows, and its clock agrees. Else 0.",
	}, func() float64 {
		ctx, cancel := context.WithTimeout(context.Background(), backlogTime)
		defer cancel()
		if r.check(ctx) != nil {
			return 0
		}
		return 1
	})
}
