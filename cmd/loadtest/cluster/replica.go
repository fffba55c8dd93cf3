package cluster

import (
	"context"
	"errors"
	"fmt"
	"io"
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

// startReplica starts the first on node 1, the second on node 2.
func startReplica(ctx context.Context, t *test, number int, logs io.Writer) (*replica, error) {
	listen, err := t.sandbox.Reserve()
	if err != nil {
		return nil, err
	}
	r := &replica{name: string(rune('A' + number)), node: number + 1}
	r.server, err = t.sandbox.Start(ctx, harness.Program{
		Path: t.options.BFF, Listen: listen, Logs: logs, Settings: harness.Settings{"BFF_DATABASE": t.nodes.address(r.node)},
	})
	if err != nil {
		return nil, fmt.Errorf("starting replica %s: %w", r.name, err)
	}
	r.ready.Store(true)
	return r, nil
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

// killReplicas ends all that still run.
func (t *test) killReplicas() {
	for _, r := range t.replicas {
		if r != nil {
			r.server.Kill()
		}
	}
}

// stopReplicas ends all as an operator does.
func (t *test) stopReplicas() error {
	var problems []error
	for _, r := range t.replicas {
		if err := r.server.Stop(); err != nil {
			problems = append(problems, fmt.Errorf("stopping replica %s: %w", r.name, err))
		}
	}
	return errors.Join(problems...)
}
