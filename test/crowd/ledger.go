package crowd

import (
	"maps"
	"slices"
	"sync"
)

// ledger is what the clients saw. Safe for concurrent use.
type ledger struct {
	mu           sync.Mutex
	acknowledged map[string]string // todo by confirmation, where a 201 was seen
	visits       int               // played to their end
	broken       int               // broken off: a kill cost the person something that cannot be had twice
	reasons      map[string]int    // why
}

func newLedger() *ledger {
	return &ledger{acknowledged: map[string]string{}, reasons: map[string]int{}}
}

// acknowledge notes a confirmation whose 201 a client saw.
func (l *ledger) acknowledge(confirmationID, todoID string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.acknowledged[confirmationID] = todoID
}

// visited notes how a visit ended.
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

// seen gives the acknowledged confirmations with their todos.
func (l *ledger) seen() map[string]string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return maps.Clone(l.acknowledged)
}

// why gives the reasons of broken visits, the most frequent first.
func (l *ledger) why() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.SortedFunc(maps.Keys(l.reasons), func(a, b string) int { return l.reasons[b] - l.reasons[a] })
}
