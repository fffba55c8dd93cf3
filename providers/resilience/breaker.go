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
	mu           sync.Mutex
	inner        circuitbreaker.CircuitBreaker[any]
	generation   int // counts the states so far
	silentProbes int // probes of this generation that told nothing; others may take their place
}

// permit allows one call.
type permit struct{ generation int }

// newBreaker returns a closed breaker that tells its states.
func newBreaker(s Settings, onChange func(circuitbreaker.State)) *breaker {
	b := &breaker{}
	b.inner = circuitbreaker.NewBuilder[any]().
		WithFailureRateThreshold(s.Ratio, uint(s.Calls), s.Window).
		WithSuccessThresholdRatio(uint(s.needed()), uint(s.Probes)).
		WithDelay(s.OpenFor).
		OnStateChanged(func(e circuitbreaker.StateChangedEvent) {
			b.generation, b.silentProbes = b.generation+1, 0 // only calls under mu change the state
			onChange(e.NewState)
		}).
		Build()
	return b
}

// enter lets a call out, or does not.
func (b *breaker) acquire() (permit, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.silentProbes > 0 {
		b.silentProbes--
		return permit{b.generation}, true
	}
	ok := b.inner.TryAcquirePermit() // may begin the generation of probes
	return permit{b.generation}, ok
}

// leave notes what a call told.
func (b *breaker) release(t permit, v verdict) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if t.generation != b.generation {
		return
	}
	switch v {
	case healthy:
		b.inner.RecordSuccess()
	case failing:
		b.inner.RecordFailure()
	case silent:
		if b.inner.IsHalfOpen() {
			b.silentProbes++
		}
	}
}
