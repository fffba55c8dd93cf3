package resilience

import (
	"sync"

	"github.com/failsafe-go/failsafe-go/circuitbreaker"
)

// breaker is a circuit breaker for calls that take time. The library's own counts
// every result towards the current state, and cannot ignore a call. This one
// counts a call only in the state in which it was allowed: if a call from before
// the breaker opened times out, that says nothing about the probes. Safe for
// concurrent use.
type breaker struct {
	mu           sync.Mutex
	inner        circuitbreaker.CircuitBreaker[any]
	generation   int // counts the states so far
	silentProbes int // probes of this generation that told nothing; others may take their place
}

// permit allows one call.
type permit struct{ generation int }

// newBreaker returns a closed breaker that reports its changes of state to
// onChange.
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

// acquire returns a permit, and false if the breaker rejects the call.
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

// release records what a call said about the provider.
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
