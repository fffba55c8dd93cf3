package crowd

import (
	"maps"
	"slices"
	"sync"
)

// ledger records what the clients saw. Safe for concurrent use.
type ledger struct {
	mu           sync.Mutex
	acknowledged map[string]string // todo by confirmation that was answered with 201
	visits       int               // completed stories
	broken       int               // stories that failed, because a kill lost something that cannot be repeated
	reasons      map[string]int    // number of failures by reason
}

func newLedger() *ledger {
	return &ledger{acknowledged: map[string]string{}, reasons: map[string]int{}}
}

// acknowledge records a confirmation for which a client received 201.
func (l *ledger) acknowledge(confirmationID, todoID string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.acknowledged[confirmationID] = todoID
}

// forget removes confirmations.
func (l *ledger) forget(confirmations map[string]string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for id := range confirmations {
		delete(l.acknowledged, id)
	}
}

// visited records how a story ended.
func (l *ledger) visited(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err == nil {
		l.visits++
		return
	}
	l.broken++
	l.reasons[err.Error()]++
}

type counts struct{ acknowledged, visits, broken int }

func (l *ledger) counts() counts {
	l.mu.Lock()
	defer l.mu.Unlock()
	return counts{len(l.acknowledged), l.visits, l.broken}
}

// seen returns the acknowledged confirmations with their todos.
func (l *ledger) seen() map[string]string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return maps.Clone(l.acknowledged)
}

// why returns the reasons of failed stories, the most frequent first.
func (l *ledger) why() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.SortedFunc(maps.Keys(l.reasons), func(a, b string) int { return l.reasons[b] - l.reasons[a] })
}
