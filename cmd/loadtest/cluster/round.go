package cluster

import (
	"context"
	"fmt"
	"time"

	"renzheng/cmd/loadtest/replicas"
)

const (
	shortestCalm = 500 * time.Millisecond // between two kills
	longestCalm  = 2 * time.Second
)

// round kills a node and brings it back, and then a replica.
func (t *test) round(ctx context.Context, round int) error {
	if err := t.calm(ctx); err != nil {
		return err
	}
	if err := t.breakNode(ctx, 1+round%nodeCount); err != nil {
		return fmt.Errorf("round %d: %w", round+1, err)
	}
	if err := t.calm(ctx); err != nil {
		return err
	}
	if err := t.breakReplica(ctx, round); err != nil {
		return fmt.Errorf("round %d: %w", round+1, err)
	}
	return t.tell("round %d of %d is over; %s", round+1, t.options.Rounds, t.crowd)
}

// calm lets the persons sign undisturbed for a while.
func (t *test) calm(ctx context.Context) error {
	pause := shortestCalm + time.Duration(t.rand.Int64N(int64(longestCalm-shortestCalm)))
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(pause):
		return nil
	}
}

// breakNode ends a node with SIGKILL. Its replica is no longer ready, the others
// go on without it, and when it is back its replica is ready again by itself.
func (t *test) breakNode(ctx context.Context, node int) error {
	killed := time.Now()
	if err := t.nodes.kill(ctx, node); err != nil {
		return err
	}
	stands := t.on(node)
	if stands != nil {
		if err := stands.Becomes(ctx, false); err != nil {
			return err
		}
		if err := t.tell("node %d is killed; replica %s is not ready after %.1f s", node, stands.Name, time.Since(killed).Seconds()); err != nil {
			return err
		}
	} else if err := t.tell("node %d is killed; no replica stands on it", node); err != nil {
		return err
	}
	if err := t.goesOn(ctx); err != nil {
		return fmt.Errorf("without node %d: %w", node, err)
	}
	if err := t.tell("confirmations are acknowledged again after %.1f s", time.Since(killed).Seconds()); err != nil {
		return err
	}
	if err := t.nodes.start(ctx, node); err != nil {
		return err
	}
	back := time.Now()
	for _, r := range t.replicas {
		if err := r.Becomes(ctx, true); err != nil {
			return err
		}
	}
	return t.tell("node %d is back, and replicas A and B are ready %.1f s later", node, time.Since(back).Seconds())
}

// on returns the replica on a node, or nil.
func (t *test) on(node int) *replica {
	for _, r := range t.replicas {
		if r.node == node {
			return r
		}
	}
	return nil
}

const enough = 3 // confirmations that were not on their way before

// goesOn waits until more confirmations are acknowledged.
func (t *test) goesOn(ctx context.Context) error {
	before := t.crowd.Acknowledged()
	return replicas.Until(ctx, "confirmations", func() bool { return t.crowd.Acknowledged() >= before+enough })
}
