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

// Options configure a crowd.
type Options struct {
	Persons int       // who sign at a time
	Seed    uint64    // of the random failures of the registry
	Out     io.Writer // receives a summary of the run

	// Finish is how long the persons may take at the end to finish what they began.
	Finish time.Duration

	// Patience is how long the registry waits at the end before it requests missing
	// events. The lease of a server that died is free after a minute.
	Patience time.Duration
}

// Crowd is a number of persons who sign, and their registry. It is safe for
// concurrent use, except Begin, End, Drain and Judge, which are called in this order.
type Crowd struct {
	options  Options
	registry *trouble
	ledger   *ledger
	sandbox  *harness.Sandbox
	visitors atomic.Int64 // who began so far
	stopping atomic.Bool  // no person starts again
	done     chan struct{}
	leave    context.CancelFunc
}

// New returns a crowd that has not begun.
func New(o Options) *Crowd {
	return &Crowd{options: o, ledger: newLedger(), registry: newTrouble(o.Seed), done: make(chan struct{})}
}

// Fail returns the failure of one push. Half of the pushes fail, until End.
func (c *Crowd) Fail() registrytest.Failure { return c.registry.fail() }

// Generous returns settings without the limits that persons who sign all day reach.
func Generous() harness.Settings {
	settings := harness.Settings{"BFF_REQUESTS_PER_MIN": "10000000", "BFF_LOG_LEVEL": "warn"}
	for _, name := range []string{
		"FACE", "FACE_STARTS", "FACE_OF_SUBJECT", "BANK_CARD", "BANK_CARD_STARTS", "BANK_CARD_OF_SUBJECT", "CARD", "STARTS", "CONSENTS",
	} {
		settings["BFF_LIMITS_"+name] = "100000"
	}
	return settings
}

// Begin starts the persons. Each of them goes from the login to the confirmation,
// again and again with a new case until End.
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

// End waits until the persons have finished what they began, at most for
// Options.Finish. The registry does not fail any more.
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

// Acknowledged returns the number of confirmations acknowledged so far.
func (c *Crowd) Acknowledged() int { return c.ledger.counts().acknowledged }

// Seen returns the acknowledged confirmations with their todos.
func (c *Crowd) Seen() map[string]string { return c.ledger.seen() }

// Forget leaves confirmations out of what is checked: those that a restore has lost, because the backup is older.
func (c *Crowd) Forget(confirmations map[string]string) { c.ledger.forget(confirmations) }

// String returns the progress of the persons.
func (c *Crowd) String() string {
	n := c.ledger.counts()
	return fmt.Sprintf("%d confirmations acknowledged, %d visits broken off, %d events received",
		n.acknowledged, n.broken, len(c.sandbox.Registry.Records()))
}

func (c *Crowd) say(format string, args ...any) error {
	_, err := fmt.Fprintf(c.options.Out, format+"\n", args...)
	return err
}
