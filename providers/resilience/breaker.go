package resilience

import (
	"sync"

	"github.com/failsafe-go/failsafe-go/circuitbreaker"
)

// breaker is a circuit breaker for calls that last. The library's own counts
// whatever is recorded towards the state of the moment, and has no word for a
// call that told nothing. Here a call is judged only in the state in which it
// was let out: a time-out that was begun before the breaker opened says nothing
// of the probes. Safe for concurrent use.
type breaker struct {
	mu    sync.Mutex
	inner circuitbreaker.CircuitBreaker[any]
	era   int // counts the states so far
	spare int // probes of this era that told nothing; others may take their place
}

// ticket lets one call out.
type ticket struct{ era int }

// newBreaker gives a closed breaker that tells its states.
func newBreaker(s Settings, tell func(circuitbreaker.State)) *breaker {
	b := &breaker{}
	b.inner = circuitbreaker.NewBuilder[any]().
		WithFailureRateThreshold(s.Ratio, uint(s.Calls), s.Window).
		WithSuccessThresholdRatio(uint(s.needed()), uint(s.Probes)).
		WithDelay(s.OpenFor).
		OnStateChanged(func(e circuitbreaker.StateChangedEvent) {
			b.era, b.spare = b.era+1, 0 // only calls under mu change the state
			tell(e.NewState)
		}).
		Build()
	return b
}

// enter lets a call out, or does not.
func (b *breaker) enter() (ticket, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.spare > 0 {
		b.spare--
		return ticket{b.era}, true
	}
	let := b.inner.TryAcquirePermit() // may begin the era of probes
	return ticket{b.era}, let
}

// leave notes what a call told.
func (b *breaker) leave(t ticket, v verdict) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if t.era != b.era {
		return
	}
	switch v {
	case well:
		b.inner.RecordSuccess()
	case unwell:
		b.inner.RecordFailure()
	case silent:
		if b.inner.IsHalfOpen() {
			b.spare++
		}
	}
}
