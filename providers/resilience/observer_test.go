package resilience_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"renzheng/verification/failure"
)

// coded is an adapter's error with a code.
type coded struct{ reporting }

func (coded) FailureCode() string { return "timeout" }

// observer keeps what it is told, without durations.
type observer struct {
	mu   sync.Mutex
	told []string
}

func (o *observer) tell(format string, args ...any) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.told = append(o.told, fmt.Sprintf(format, args...))
}

func (o *observer) Called(provider, call string, took time.Duration, code string) {
	o.tell("%s %s %q %t", provider, call, code, took >= 0)
}

func (o *observer) Changed(provider, call, state string) { o.tell("%s %s %s", provider, call, state) }

func TestObserver_IsToldOfCallsAndStates(t *testing.T) {
	t.Parallel()
	guard, _ := newGuard(t, settings())
	seen := &observer{}
	guard.Observe(seen)
	results := []error{nil, coded{reporting{healthy: false, ok: true}}, coded{reporting{healthy: true, ok: true}}, reporting{}, context.DeadlineExceeded}
	next := 0
	provider := &clerk{does: func(context.Context) (failure.Code, error) {
		next++
		return "", results[next-1]
	}}
	_ = repeat(len(results), checkCard(guard.BankCardChecker("bank", provider)))
	want := []string{
		"bank bank_card closed", `bank bank_card "" true`, `bank bank_card "timeout" true`, `bank bank_card "" true`,
		`bank bank_card "unknown" true`, "bank bank_card open",
	}
	seen.mu.Lock()
	defer seen.mu.Unlock()
	if !slices.Equal(seen.told, want) {
		t.Errorf("got %q, want %q", seen.told, want)
	}
}
