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

// CountLife is how long counts are kept.
const CountLife = 8 * 24 * time.Hour

// Request is a request that was answered with a problem, or that a registry signed. It has words of ours only, and names nobody but a registry.
type Request struct {
	Code       string // of the problem; "" if it was answered without one
	Failure    string // of the catalogue, that the problem explains; "" if none
	Channel    string // "" without a session
	RegistryID string // "" if none signed it
	Step       string // id of the operation; "" if no route matched
}

// Count is how many requests of a bucket were alike.
type Count struct {
	Request

	Bucket time.Time // its begin
	Number int
	LastAt time.Time
}

// CountStore keeps counts.
type CountStore interface {
	// AddCounts adds to the counts, all of them in one transaction.
	AddCounts(ctx context.Context, counts []Count) error
	// Counts returns the counts of the buckets that begin at since or later.
	Counts(ctx context.Context, since time.Time) ([]Count, error)
}

// Tally counts requests in memory until they are stored, so that no request waits for a row. What it counted since the last Flush
// is lost if the process is killed. Safe for concurrent use.
type Tally struct {
	mu     sync.Mutex
	counts map[tallied]*Count
}

type tallied struct {
	Request

	bucket time.Time
}

// maxTallied bounds the counts that wait; there are only so many codes and operations.
const maxTallied = 10000

// NewTally returns an empty tally.
func NewTally() *Tally { return &Tally{counts: map[tallied]*Count{}} }

// Add counts a request.
func (t *Tally) Add(r Request, at time.Time) {
	t.add(Count{Request: r, Bucket: at.Truncate(Bucket), Number: 1, LastAt: at})
}

func (t *Tally) add(c Count) {
	t.mu.Lock()
	defer t.mu.Unlock()
	key := tallied{c.Request, c.Bucket}
	if have, ok := t.counts[key]; ok {
		have.Number += c.Number
		if c.LastAt.After(have.LastAt) {
			have.LastAt = c.LastAt
		}
		return
	}
	if len(t.counts) < maxTallied {
		t.counts[key] = &c
	}
}

// Flush stores what was counted and returns how many counts. After a failure they are stored next time.
func (t *Tally) Flush(ctx context.Context, s CountStore) (int, error) {
	t.mu.Lock()
	taken := t.counts
	t.counts = map[tallied]*Count{}
	t.mu.Unlock()
	if len(taken) == 0 {
		return 0, nil
	}
	counts := make([]Count, 0, len(taken))
	for c := range maps.Values(taken) {
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
