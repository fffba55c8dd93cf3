package replicas

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"renzheng/test/harness"
)

// Replica is one server. A balancer watches whether it is ready.
type Replica struct {
	Name   string // "A", "B"
	Server *harness.Server

	ready atomic.Bool
	away  atomic.Bool  // taken out by Balancer.Drain
	busy  atomic.Int64 // requests that it has not answered yet
}

// New returns a replica whose server is ready. Numbers count from 0.
func New(number int, server *harness.Server) *Replica {
	r := &Replica{Name: string(rune('A' + number)), Server: server}
	r.ready.Store(true)
	return r
}

const (
	turnTime = 40 * time.Second // more than a cluster takes to notice, or to take back, a node
	turnAsk  = 50 * time.Millisecond
)

// Becomes waits until a balancer finds the replica ready, or no longer ready.
func (r *Replica) Becomes(ctx context.Context, ready bool) error {
	return Until(ctx, fmt.Sprintf("replica %s: ready %t", r.Name, ready), func() bool { return r.ready.Load() == ready })
}

// Until waits for something that replicas do in their own time, for 40 s at most.
func Until(ctx context.Context, what string, is func() bool) error {
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
