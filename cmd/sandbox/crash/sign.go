package crash

import (
	"context"
	"errors"
	"sync"
	"time"

	"renzheng/cmd/sandbox/journey"
	"renzheng/cmd/sandbox/people"
)

const (
	patience = 20 * time.Second // many restarts
	pause    = 200 * time.Millisecond
)

// signers are the persons of the run: all of them confirm, one in three roles.
func signers() []people.Fate {
	return []people.Fate{people.Passes, people.ThreeRoles, people.RareName, people.UncertifiedOwner, people.ThreeRoles}
}

// sign lets so many persons at a time go from the login to the confirmation,
// and begin anew with a new case until the kills are done. The channel is closed
// when all have finished.
func (t *test) sign(ctx context.Context) <-chan struct{} {
	var persons sync.WaitGroup
	for n := range t.options.Persons {
		persons.Go(func() {
			for visit := 0; !t.stopping.Load() && ctx.Err() == nil; visit++ {
				t.visit(ctx, n+visit*t.options.Persons)
			}
		})
	}
	done := make(chan struct{})
	go func() {
		persons.Wait()
		close(done)
	}()
	return done
}

// visit plays one story. What it finds otherwise than documented is no failure
// of this test: a kill may cost a person the code or the face that was under way.
func (t *test) visit(ctx context.Context, number int) {
	fates := signers()
	result, err := journey.Run(ctx, journey.Options{
		Server: t.world.API, Sandbox: t.world.URL, Fates: fates[number%len(fates) : number%len(fates)+1],
		Serial:       1 + 2*number, // the case's second signer is the next person
		Patience:     patience,
		Acknowledged: func(_ people.Person, c journey.Confirmation) { t.ledger.acknowledge(c.ID, c.TodoID) },
	})
	if ctx.Err() != nil {
		return
	}
	err = errors.Join(append(result.Differences, err)...)
	t.ledger.visited(err)
	if err != nil {
		time.Sleep(pause)
	}
}
