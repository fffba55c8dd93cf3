package operations

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// Provider is what one replica knows of one call of a third party.
type Provider struct {
	Provider    string
	Call        string
	Replica     string
	State       string // of the circuit breaker: closed, open or half-open
	ChangedAt   time.Time
	SuccessAt   time.Time // zero if it never succeeded since the replica started, as the following one
	FailureAt   time.Time
	FailureCode string // of the last failure
	Calls       int    // on which the percentiles rest
	P50         time.Duration
	P95         time.Duration
	P99         time.Duration
	ReportedAt  time.Time
}

// ReportLife is how long a report counts. A replica that is gone disappears after that.
const ReportLife = time.Minute

// ProviderStore keeps what replicas report of third parties.
type ProviderStore interface {
	// ReportProviders replaces the reports of a replica.
	ReportProviders(ctx context.Context, replica string, reports []Provider, until time.Time) error
	// ReportedProviders returns the reports that count, by provider, call and replica.
	ReportedProviders(ctx context.Context, now time.Time) ([]Provider, error)
}

// Providers records in memory what becomes of the calls of third parties, until it is reported. Safe for concurrent use.
type Providers struct {
	replica string
	clock   func() time.Time

	mu    sync.Mutex
	calls map[[2]string]*recorded
}

type recorded struct {
	Provider

	took []time.Duration // of the last calls
	next int             // where the next one goes
}

// NewProviders returns an empty record of a replica.
func NewProviders(replica string, clock func() time.Time) *Providers {
	return &Providers{replica: replica, clock: clock, calls: map[[2]string]*recorded{}}
}

const (
	rememberedCalls = 200 // of each circuit, for the percentiles
	maxCode         = 64
)

func (p *Providers) of(provider, call string) *recorded {
	key := [2]string{provider, call}
	if p.calls[key] == nil {
		p.calls[key] = &recorded{Provider: Provider{Provider: provider, Call: call, Replica: p.replica, State: "closed"}}
	}
	return p.calls[key]
}

// Changed records the state of a circuit breaker.
func (p *Providers) Changed(provider, call, state string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	r := p.of(provider, call)
	r.State, r.ChangedAt = state, p.clock()
}

// Called records a call that told something about its provider. code is that of a failure; "" = the provider works.
func (p *Providers) Called(provider, call string, took time.Duration, code string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	r := p.of(provider, call)
	if code == "" {
		r.SuccessAt = p.clock()
	} else {
		r.FailureAt, r.FailureCode = p.clock(), plainCode(code)
	}
	if len(r.took) < rememberedCalls {
		r.took = append(r.took, took)
		return
	}
	r.took[r.next] = took
	r.next = (r.next + 1) % rememberedCalls
}

// plainCode returns a code without what no code has: a third party could put anything into it.
func plainCode(code string) string {
	plain := strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7f {
			return r
		}
		return '_'
	}, code)
	return plain[:min(len(plain), maxCode)]
}

// Report stores what is known now, and returns how many calls it is about.
func (p *Providers) Report(ctx context.Context, s ProviderStore) (int, error) {
	now := p.clock()
	p.mu.Lock()
	reports := make([]Provider, 0, len(p.calls))
	for _, r := range p.calls {
		one := r.Provider
		sorted := slices.Sorted(slices.Values(r.took))
		one.Calls, one.ReportedAt = len(sorted), now
		one.P50, one.P95, one.P99 = percentile(sorted, 50), percentile(sorted, 95), percentile(sorted, 99)
		reports = append(reports, one)
	}
	p.mu.Unlock()
	slices.SortFunc(reports, func(a, b Provider) int {
		return cmp.Or(cmp.Compare(a.Provider, b.Provider), cmp.Compare(a.Call, b.Call))
	})
	if err := s.ReportProviders(ctx, p.replica, reports, now.Add(ReportLife)); err != nil {
		return 0, fmt.Errorf("reporting third parties: %w", err)
	}
	return len(reports), nil
}

// percentile returns the smallest value that so many percent do not exceed; 0 of none.
func percentile(sorted []time.Duration, percent int) time.Duration {
	const all = 100
	if len(sorted) == 0 {
		return 0
	}
	return sorted[(len(sorted)*percent+all-1)/all-1]
}

// Certificate is a certificate of the settings.
type Certificate struct {
	Setting string
	Until   time.Time
}

// Registry is a registry of the settings.
type Registry struct {
	ID       string
	Name     string
	Callback bool // events are pushed to it; else it pulls them
	Progress bool // it follows the progress of its signers
	Keys     []RegistryKey
}

// RegistryKey is a key by which a registry signs its requests.
type RegistryKey struct {
	ID    string
	Until time.Time // when it is no longer believed; zero = never
}

// Backlog is how many events of one state a registry has not received.
type Backlog struct {
	RegistryID string
	State      string // pending or dead
	Events     int
	Oldest     time.Time
}

// BacklogStore counts what registries have not received.
type BacklogStore interface {
	// RegistryBacklogs counts the events that registries have not acknowledged, up to a bound.
	RegistryBacklogs(ctx context.Context, registryIDs []string) ([]Backlog, error)
}
