package storetest_test

import (
	"sync"
	"testing"
	"time"

	"renzheng/retention"
	"renzheng/sql/store"
)

// purged counts what purges deleted, by class.
type purged struct {
	mu   sync.Mutex
	rows map[retention.Class]int
}

// Purged implements [retention.Metrics].
func (p *purged) Purged(c retention.Class, rows int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.rows[c] += rows
}

// PurgeCompleted implements [retention.Metrics].
func (*purged) PurgeCompleted(time.Time) {}

// retaining returns a purge of a replica with the default periods. The registry gd sets a period of its own, of ten years.
func retaining(s *store.Store, clock func() time.Time, m retention.Metrics) *retention.Service {
	return retention.New(retention.Deps{
		Store: s, Periods: retention.DefaultPeriods(), Clock: clock, Metrics: m,
		Registries: func(id string) int { return map[string]int{"gd": 3650}[id] },
	})
}

// purgeAt deletes everything whose period is over at a time and returns how many rows went, by class.
func purgeAt(t *testing.T, s *store.Store, at time.Time) map[retention.Class]int {
	t.Helper()
	counts := &purged{rows: map[retention.Class]int{}}
	service := retaining(s, func() time.Time { return at }, counts)
	for more := 1; more > 0; {
		var err error
		if more, err = service.Purge(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	return counts.rows
}

// purge deletes everything whose period is over at a time.
func (f *fixture) purge(t *testing.T, at time.Time) { t.Helper(); purgeAt(t, f.replica, at) }

// purge deletes everything whose period is over at the time of the rules.
func (f *todoFixture) purge(t *testing.T) map[retention.Class]int {
	t.Helper()
	return purgeAt(t, f.replicas[0], f.now())
}
