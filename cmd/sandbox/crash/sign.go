package crash

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"renzheng/cmd/sandbox/journey"
	"renzheng/cmd/sandbox/people"
)

const (
	patience = 80 * time.Second // a call that died with its server keeps its key for a minute
	pause    = 200 * time.Millisecond
)

// signers are the persons of the run: each of them confirms once.
func signers() []people.Fate {
	return []people.Fate{people.Passes, people.RareName, people.UncertifiedOwner, people.DottedName}
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

// visit plays one story up to the moment at which the client sees its 201; what
// becomes of the answer is the rest of this test. A story that goes otherwise
// than documented is no failure here: a kill may cost a person the code or the
// face that was under way.
func (t *test) visit(ctx context.Context, number int) {
	ctx, leave := context.WithCancel(ctx)
	defer leave()
	var answered atomic.Bool
	fates := signers()
	result, err := journey.Run(ctx, journey.Options{
		Server: t.world.API, Sandbox: t.world.URL, Cast: people.InAlipay(fates[number%len(fates)]),
		Serial: 1 + 2*number, Patience: patience, // the case's second signer is the next person
		Acknowledged: func(_ people.Person, c journey.Confirmation) {
			t.ledger.acknowledge(c.ID, c.TodoID)
			answered.Store(true)
			leave()
		},
	})
	switch {
	case answered.Load():
		t.ledger.visited(nil)
	case ctx.Err() == nil:
		t.ledger.visited(errors.Join(append(result.Differences, err)...))
		time.Sleep(pause)
	}
}
