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

// Provider is the report of one replica about one call of a third party.
type Provider struct {
	Provider    string // name of the adapter, such as tencentcloud
	Call        string // such as face_start
	Replica     string
	State       string // of the circuit breaker: closed, open or half-open
	ChangedAt   time.Time
	SuccessAt   time.Time // of the last success; zero if there was none since the replica started
	FailureAt   time.Time // of the last failure; likewise
	FailureCode string    // of the last failure: up to 64 printable ASCII characters
	Calls       int       // from which the percentiles are computed: the last ones, up to 200
	P50         time.Duration
	P95         time.Duration
	P99         time.Duration
	ReportedAt  time.Time
}

// ReportLife is how long a report is valid. A replica that stopped is not listed any longer after that.
const ReportLife = time.Minute

// ProviderStore stores the reports of replicas about third parties. Safe for concurrent use.
type ProviderStore interface {
	// ReportProviders replaces the reports of a replica. They are valid until a time.
	ReportProviders(ctx context.Context, replica string, reports []Provider, until time.Time) error
	// ReportedProviders returns the valid reports, sorted by provider, call and replica.
	ReportedProviders(ctx context.Context, now time.Time) ([]Provider, error)
}

// Providers records the outcomes of calls of third parties in memory, for Report to store. Safe for concurrent use.
type Providers struct {
	replica string
	clock   func() time.Time

	mu    sync.Mutex
	calls map[[2]string]*callRecord // by provider and call
}

// callRecord is what is known of one call, with a ring buffer of latencies.
type callRecord struct {
	Provider

	latencies []time.Duration // of the last calls, at most rememberedCalls
	next      int             // index of the oldest one, once the buffer is full
}

// NewProviders returns an empty record of the calls of a replica.
func NewProviders(replica string, clock func() time.Time) *Providers {
	return &Providers{replica: replica, clock: clock, calls: map[[2]string]*callRecord{}}
}

const (
	rememberedCalls = 200 // of each provider and call, for the percentiles
	maxCode         = 64  // bytes
)

// record returns the record of a call, a new one if necessary. The caller must hold p.mu.
func (p *Providers) record(provider, call string) *callRecord {
	key := [2]string{provider, call}
	if p.calls[key] == nil {
		p.calls[key] = &callRecord{Provider: Provider{Provider: provider, Call: call, Replica: p.replica, State: "closed"}}
	}
	return p.calls[key]
}

// Changed records that a circuit breaker changed to a state: closed, open or half-open.
func (p *Providers) Changed(provider, call, state string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	r := p.record(provider, call)
	r.State, r.ChangedAt = state, p.clock()
}

// Called records a call that shows whether its provider works: code is that of the failure, or "" for a success. The caller leaves out
// calls that show nothing of the kind, such as one whose context ended.
func (p *Providers) Called(provider, call string, took time.Duration, code string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	r := p.record(provider, call)
	if code == "" {
		r.SuccessAt = p.clock()
	} else {
		r.FailureAt, r.FailureCode = p.clock(), sanitized(code)
	}
	if len(r.latencies) < rememberedCalls {
		r.latencies = append(r.latencies, took)
		return
	}
	r.latencies[r.next] = took
	r.next = (r.next + 1) % rememberedCalls
}

// sanitized returns a code with everything but printable ASCII replaced, and cut to maxCode bytes. A third party could put anything
// into it, which operators would then see.
func sanitized(code string) string {
	printable := strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7f {
			return r
		}
		return '_'
	}, code)
	return printable[:min(len(printable), maxCode)]
}

// Report stores the present reports of the replica, and returns their number.
func (p *Providers) Report(ctx context.Context, s ProviderStore) (int, error) {
	now := p.clock()
	p.mu.Lock()
	reports := make([]Provider, 0, len(p.calls))
	for _, r := range p.calls {
		report := r.Provider
		sorted := slices.Sorted(slices.Values(r.latencies))
		report.Calls, report.ReportedAt = len(sorted), now
		report.P50, report.P95, report.P99 = percentile(sorted, 50), percentile(sorted, 95), percentile(sorted, 99)
		reports = append(reports, report)
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

// percentile returns the smallest value that at least percent of the values do not exceed (nearest rank), or 0 without values.
func percentile(sorted []time.Duration, percent int) time.Duration {
	const all = 100
	if len(sorted) == 0 {
		return 0
	}
	return sorted[(len(sorted)*percent+all-1)/all-1]
}

// Certificate is a certificate that a setting names.
type Certificate struct {
	Setting string    // such as BFF_ALIPAY_APP_CERT
	Until   time.Time // when it ends
}

// Registry is a registry that the settings name.
type Registry struct {
	ID       string
	Name     string
	Callback bool // events are pushed to it; otherwise it pulls them
	Progress bool // it gets events about the progress of its signers
	Keys     []RegistryKey
}

// RegistryKey is a key by which a registry signs its requests.
type RegistryKey struct {
	ID    string
	Until time.Time // when it expires; zero = never
}

// Backlog is how many events in one state a registry has not received.
type Backlog struct {
	RegistryID string
	State      string    // pending or dead
	Events     int       // up to a bound, see BacklogStore
	Oldest     time.Time // when the oldest was created
}

// BacklogStore counts the events that registries have not received. Safe for concurrent use.
type BacklogStore interface {
	// RegistryBacklogs counts the events that registries have not acknowledged. It stops counting at a bound, so that a long backlog
	// does not make the page slow.
	RegistryBacklogs(ctx context.Context, registryIDs []string) ([]Backlog, error)
}
