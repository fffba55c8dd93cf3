package cluster

import (
	"context"
	"errors"
	"fmt"
	"io"

	"renzheng/test/harness"
)

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
