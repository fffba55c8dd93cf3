package bench

import (
	"context"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"renzheng/providers/alipay/alipaytest"
	"renzheng/test/people"
)

const (
	thinkTime = 10 * time.Second // of a person, between two tries, on average
	longWait  = time.Second      // an answer later than this was waited for
)

// stuck is a person at one check of a verification, who tries it repeatedly.
type stuck struct {
	person       people.Person
	token        string
	verification string
	attempt      string // of a face that was begun
	turns        int
}

// act is one action of a person.
type act func(context.Context, *crowd, *stuck) error

// crowd is a number of persons who need one third party. They pause during
// measurements.
type crowd struct {
	side    side
	alipay  *alipaytest.Gateway // issues authorization codes, also while it does not answer calls
	persons []*stuck
	try     act
	leave   act // in the end, or nil

	looking sync.RWMutex // held for reading during a try
	tally   tally
	worst   atomic.Pointer[error] // the last error of a call
}

// tally counts the outcomes.
type tally struct{ tried, waited, turnedAway, counted, failed atomic.Int64 }

// figures are a tally at one moment.
type figures struct{ tried, waited, turnedAway, counted, failed int64 }

func (t *tally) read() figures {
	return figures{t.tried.Load(), t.waited.Load(), t.turnedAway.Load(), t.counted.Load(), t.failed.Load()}
}

func (f figures) since(earlier figures) figures {
	return figures{
		f.tried - earlier.tried, f.waited - earlier.waited, f.turnedAway - earlier.turnedAway,
		f.counted - earlier.counted, f.failed - earlier.failed,
	}
}

func (f figures) plus(other figures) figures {
	return figures{
		f.tried + other.tried, f.waited + other.waited, f.turnedAway + other.turnedAway,
		f.counted + other.counted, f.failed + other.failed,
	}
}

// live makes all persons try until ctx ends, and returns when all have stopped.
func (c *crowd) live(ctx context.Context) {
	var all sync.WaitGroup
	for _, p := range c.persons {
		all.Go(func() {
			for pause := rand.N(thinkTime); wait(ctx, pause); pause = thinkTime/2 + rand.N(thinkTime) {
				c.once(ctx, p)
			}
		})
	}
	all.Wait()
}

func (c *crowd) once(ctx context.Context, p *stuck) {
	c.looking.RLock()
	defer c.looking.RUnlock()
	begun := time.Now()
	err := c.try(context.WithoutCancel(ctx), c, p)
	c.tally.tried.Add(1)
	if time.Since(begun) >= longWait {
		c.tally.waited.Add(1)
	}
	if err != nil {
		c.tally.failed.Add(1)
		c.worst.Store(&err)
	}
}

// wait reports whether ctx did not end meanwhile.
func wait(ctx context.Context, pause time.Duration) bool {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
