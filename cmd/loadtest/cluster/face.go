package cluster

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"renzheng/cmd/loadtest/replicas"
	"renzheng/test/crowd"
)

// breakReplica ends a replica with SIGKILL when persons whose checks it began
// are before the camera: for access in one round, for a confirmation in the next.
// The other replica finishes them all.
func (t *test) breakReplica(ctx context.Context, round int) error {
	victim, heir := t.replicas[round%2], t.replicas[(round+1)%2]
	which := 1 + round/2%2 // the face at which they are caught
	var leads atomic.Pointer[replicas.Replica]
	leads.Store(victim.Replica)
	way, err := replicas.OpenDoor(ctx, leads.Load, func(*replicas.Replica) {})
	if err != nil {
		return err
	}
	defer func() { _ = way.Close() }()

	released := make(chan struct{})
	problems := make([]error, t.options.Faces)
	var coming, persons sync.WaitGroup
	for i := range problems {
		coming.Add(1)
		arrive, faces := sync.OnceFunc(coming.Done), 0
		persons.Go(func() {
			defer arrive() // who never came there must not be waited for
			problems[i] = t.crowd.Visit(ctx, crowd.Entrance{Server: "http://" + way.Address, BeforeFace: func(ctx context.Context) {
				if faces++; faces == which {
					arrive()
					select {
					case <-released:
					case <-ctx.Done():
					}
				}
			}})
		})
	}
	coming.Wait()
	victim.Server.Kill()
	leads.Store(heir.Replica)
	close(released)
	persons.Wait()
	if err := errors.Join(problems...); err != nil {
		return fmt.Errorf("faces that replica %s began and replica %s had to finish: %w", victim.Name, heir.Name, err)
	}
	t.faces += len(problems)
	if err := t.tell("replica %s is killed; replica %s finished the %d faces that it had begun", victim.Name, heir.Name, len(problems)); err != nil {
		return err
	}
	if err := victim.Server.Restart(ctx); err != nil {
		return fmt.Errorf("starting replica %s again: %w", victim.Name, err)
	}
	return victim.Becomes(ctx, true)
}
