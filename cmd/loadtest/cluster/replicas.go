package cluster

import (
	"context"
	"errors"
	"fmt"
	"io"

	"renzheng/cmd/loadtest/replicas"
	"renzheng/test/harness"
)

// replica is one server on one node.
type replica struct {
	*replicas.Replica

	node int
}

// startReplica starts the first on node 1, the second on node 2.
func startReplica(ctx context.Context, t *test, number int, logs io.Writer) (*replica, error) {
	listen, err := t.sandbox.Reserve()
	if err != nil {
		return nil, err
	}
	node := number + 1
	server, err := t.sandbox.Start(ctx, harness.Program{
		Path: t.options.BFF, Listen: listen, Logs: logs, Settings: harness.Settings{"BFF_DATABASE": t.nodes.address(node)},
	})
	if err != nil {
		return nil, fmt.Errorf("starting replica %d: %w", node, err)
	}
	return &replica{replicas.New(number, server), node}, nil
}

// plain returns the replicas for the balancer.
func (t *test) plain() []*replicas.Replica {
	var all []*replicas.Replica
	for _, r := range t.replicas {
		all = append(all, r.Replica)
	}
	return all
}

// killReplicas ends all that still run.
func (t *test) killReplicas() {
	for _, r := range t.replicas {
		if r != nil {
			r.Server.Kill()
		}
	}
}

// stopReplicas ends all as an operator does.
func (t *test) stopReplicas() error {
	var problems []error
	for _, r := range t.replicas {
		if err := r.Server.Stop(); err != nil {
			problems = append(problems, fmt.Errorf("stopping replica %s: %w", r.Name, err))
		}
	}
	return errors.Join(problems...)
}
