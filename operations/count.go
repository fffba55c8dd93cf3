package operations

import (
	"context"
	"fmt"
	"maps"
	"sync"
	"time"
)

// Bucket is the period over which requests are counted together.
const Bucket = 5 * time.Minute

// CountLife is how long counts are kept. It exceeds the longest period that a page shows, which is a week.
const CountLife = 8 * 24 * time.Hour

// Request is the kind of a request that is counted: one that was answered with a problem, or that a registry signed. All values
// are from fixed sets. It identifies nobody but a registry.
type Request struct {
	Code       string // of the problem; "" if there was none
	Failure    string // code of the catalogue that the problem carries; "" = none
	Channel    string // "" without a session
	RegistryID string // of the registry that signed it; "" if none did
	Step       string // id of the operation; "" if no route matched
}

// Count is how many requests of one kind a bucket has.
type Count struct {
	Request

	Bucket time.Time // when it begins
	Number int       // of requests
	LastAt time.Time // of the latest one
}

// CountStore stores counts. Safe for concurrent use.
type CountStore interface {
	// AddCounts adds counts to those that are stored, all in one transaction.
	AddCounts(ctx context.Context, counts []Count) error
	// Counts returns the counts of the buckets that begin at since or later.
	Counts(ctx context.Context, since time.Time) ([]Count, error)
}

// Tally counts requests in memory until Flush stores the counts, so that no request waits for the database. Counts since the last
// Flush are lost if the process is killed. Safe for concurrent use.
type Tally struct {
	mu     sync.Mutex
	counts map[countKey]*Count
}

type countKey struct {
	Request

	bucket time.Time
}

// maxCounts bounds the memory of a Tally. Requests of further kinds are not counted until the next Flush. There are far fewer kinds,
// because codes and operations are fixed sets.
const maxCounts = 10000

// NewTally returns an empty Tally.
func NewTally() *Tally { return &Tally{counts: map[countKey]*Count{}} }

// Add counts one request that was answered at a time.
func (t *Tally) Add(r Request, at time.Time) {
	t.add(Count{Request: r, Bucket: at.Truncate(Bucket), Number: 1, LastAt: at})
}

func (t *Tally) add(c Count) {
	t.mu.Lock()
	defer t.mu.Unlock()
	key := countKey{c.Request, c.Bucket}
	if sum, ok := t.counts[key]; ok {
		sum.Number += c.Number
		if c.LastAt.After(sum.LastAt) {
			sum.LastAt = c.LastAt
		}
		return
	}
	if len(t.counts) < maxCounts {
		t.counts[key] = &c
	}
}

// Flush stores the counts and returns how many it stored. If that fails, it keeps them for the next call.
func (t *Tally) Flush(ctx context.Context, s CountStore) (int, error) {
	t.mu.Lock()
	flushed := t.counts
	t.counts = map[countKey]*Count{}
	t.mu.Unlock()
	if len(flushed) == 0 {
		return 0, nil
	}
	counts := make([]Count, 0, len(flushed))
	for c := range maps.Values(flushed) {
		counts = append(counts, *c)
	}
	if err := s.AddCounts(ctx, counts); err != nil {
		for _, c := range counts {
			t.add(c)
		}
		return 0, fmt.Errorf("storing counts: %w", err)
	}
	return len(counts), nil
}
