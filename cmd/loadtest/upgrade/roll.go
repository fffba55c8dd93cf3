package upgrade

import (
	"context"
	"fmt"

	"renzheng/cmd/loadtest/replicas"
	"renzheng/test/harness"
)

// start starts a replica of the old version at an address of its own.
func (t *test) start(ctx context.Context, number int) error {
	listen, err := t.sandbox.Reserve()
	if err != nil {
		return err
	}
	server, err := t.sandbox.Start(ctx, harness.Program{Path: t.old.program, Base: t.old.settings, Listen: listen, Logs: t.logs})
	if err != nil {
		return fmt.Errorf("starting replica %d: %w", number+1, err)
	}
	t.replicas = append(t.replicas, replicas.New(number, server))
	return nil
}

// roll replaces both replicas by the other version, so many times, forward first.
func (t *test) roll(ctx context.Context) (int, error) {
	for n := range t.options.Rolls {
		next := t.new
		if n%2 == 1 {
			next = t.old
		}
		for _, r := range t.replicas {
			if err := t.goesOn(ctx); err != nil {
				return n, err
			}
			if err := t.replace(ctx, r, next); err != nil {
				return n, fmt.Errorf("roll %d, to the %s version: %w", n+1, next.name, err)
			}
		}
		if err := t.tell("roll %d of %d: both replicas are the %s version; %s", n+1, t.options.Rolls, next.name, t.crowd); err != nil {
			return n, err
		}
	}
	return t.options.Rolls, t.goesOn(ctx)
}

// replace ends a replica and starts another version at its address.
func (t *test) replace(ctx context.Context, r *replicas.Replica, next version) error {
	if !t.options.Careless {
		if err := t.balancer.Drain(ctx, r); err != nil {
			return err
		}
	}
	if err := r.Server.Stop(); err != nil {
		return fmt.Errorf("stopping replica %s: %w", r.Name, err)
	}
	if err := r.Server.RestartAs(ctx, next.program, next.settings); err != nil {
		return fmt.Errorf("starting replica %s: %w", r.Name, err)
	}
	return t.balancer.Admit(ctx, r)
}

// goesOn waits until more confirmations are acknowledged.
func (t *test) goesOn(ctx context.Context) error {
	before := t.crowd.Acknowledged()
	return replicas.Until(ctx, "confirmations", func() bool { return t.crowd.Acknowledged() >= before+t.options.Enough })
}

// kill ends all that still run.
func (t *test) kill() {
	for _, r := range t.replicas {
		r.Server.Kill()
	}
}
