package cluster

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"renzheng/test/harness"
)

// replica is one server on one node. Another goroutine watches whether it is
// ready.
type replica struct {
	name   string // "A", "B"
	node   int
	server *harness.Server
	ready  atomic.Bool
}

const (
	turnTime = 40 * time.Second // more than a cluster takes to notice, or to take back, a node
	turnAsk  = 50 * time.Millisecond
)

// becomes waits until the balancer finds the replica ready, or no longer ready.
func (r *replica) becomes(ctx context.Context, ready bool) error {
	return until(ctx, fmt.Sprintf("replica %s: ready %t", r.name, ready), func() bool { return r.ready.Load() == ready })
}

// until waits for something that the cluster does in its own time.
func until(ctx context.Context, what string, is func() bool) error {
	ctx, cancel := context.WithTimeout(ctx, turnTime)
	defer cancel()
	for !is() {
		select {
		case <-ctx.Done():
			return errors.Join(fmt.Errorf("waiting in vain for %s", what), ctx.Err())
		case <-time.After(turnAsk):
		}
	}
	return nil
}
