package crowd

import (
	"context"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"renzheng/providers/registry/registrytest"
	"renzheng/test/harness"
)

// Options say who signs.
type Options struct {
	Persons int       // at a time
	Seed    uint64    // of the registry's failures
	Out     io.Writer // is told what a run was like

	// Finish is how long the persons have in the end for what they had begun.
	Finish time.Duration

	// Patience is how long the registry waits in the end before it asks for what
	// it misses. A lease that died with a server is free after a minute.
	Patience time.Duration
}

// Crowd is the persons and their registry. Safe for concurrent use, but for
// Begin, End, Drain and Judge, which follow one another.
type Crowd struct {
	options  Options
	registry *trouble
	ledger   *ledger
	sandbox  *harness.Sandbox
	visitors atomic.Int64 // so far
	stopping atomic.Bool  // no person begins anew
	done     chan struct{}
	leave    context.CancelFunc
}

// New gives a crowd that has not begun.
func New(o Options) *Crowd {
	return &Crowd{options: o, ledger: newLedger(), registry: newTrouble(o.Seed), done: make(chan struct{})}
}

// Fail says what goes wrong with one push: half of them do, until the end.
func (c *Crowd) Fail() registrytest.Failure { return c.registry.fail() }

// Generous lifts the limits that persons who sign all day long would meet.
func Generous() harness.Settings {
	settings := harness.Settings{"BFF_REQUESTS_PER_MIN": "10000000", "BFF_LOG_LEVEL": "warn"}
	for _, name := range []string{
		"FACE", "FACE_STARTS", "FACE_OF_SUBJECT", "BANK_CARD", "BANK_CARD_STARTS", "BANK_CARD_OF_SUBJECT", "CARD", "STARTS", "CONSENTS",
	} {
		settings["BFF_LIMITS_"+name] = "100000"
	}
	return settings
}

// Begin lets so many persons at a time go from the login to the confirmation,
// and begin anew with a new case until End.
func (c *Crowd) Begin(ctx context.Context, sandbox *harness.Sandbox) {
	ctx, c.leave = context.WithCancel(ctx)
	c.sandbox = sandbox
	var persons sync.WaitGroup
	for range c.options.Persons {
		persons.Go(func() {
			for !c.stopping.Load() && ctx.Err() == nil {
				if c.Visit(ctx, Entrance{Server: sandbox.API}) != nil && ctx.Err() == nil {
					time.Sleep(pause)
				}
			}
		})
	}
	go func() {
		persons.Wait()
		close(c.done)
	}()
}

// End waits until the persons have finished what they had begun. Who still
// tries after a while does not count: no answer was seen. The registry is well
// from now on.
func (c *Crowd) End() {
	c.stopping.Store(true)
	c.registry.heal()
	select {
	case <-c.done:
	case <-time.After(c.options.Finish):
	}
	c.leave()
	<-c.done
}

// Acknowledged is how many confirmations have been acknowledged so far.
func (c *Crowd) Acknowledged() int { return c.ledger.counts().acknowledged }

// String says how far the persons have come.
func (c *Crowd) String() string {
	n := c.ledger.counts()
	return fmt.Sprintf("%d confirmations acknowledged, %d visits broken off, %d events received",
		n.acknowledged, n.broken, len(c.sandbox.Registry.Records()))
}

func (c *Crowd) say(format string, args ...any) error {
	_, err := fmt.Fprintf(c.options.Out, format+"\n", args...)
	return err
}
