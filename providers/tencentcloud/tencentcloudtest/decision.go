package tencentcloudtest

import (
	"cmp"
	"slices"
	"time"

	"renzheng/identity"
)

const keptDecisions = 10_000 // a sandbox may run for weeks

// Decision is what the source found, whether or not the caller learned of it.
type Decision struct {
	Query     Query
	Result    string
	RequestID string
	Delivered Delivery // Answered: the caller was told
	At        time.Time
}

type cardDay struct {
	card string
	day  identity.Date
}

// Decisions gives all decisions, the oldest first; of very many, the latest.
// The slice is the caller's own.
func (f *Fake) Decisions() []Decision {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.decisions)
}

// decide records the decision at the moment it is made, before anything can
// happen to the answer.
func (f *Fake) decide(q Query, fate Fate, requestID string) string {
	now := f.options.Clock()
	today := cardDay{q.Card, identity.DateAt(now)}

	f.mu.Lock()
	defer f.mu.Unlock()
	result := cmp.Or(q.complaint(), fate.Result, q.Passed())
	if q.Card != "" {
		f.tries[today]++
		if f.options.TriesPerDay > 0 && f.tries[today] > f.options.TriesPerDay {
			result = q.TriesExceeded()
		}
	}
	f.decisions = append(f.decisions, Decision{q, result, requestID, fate.Delivery, now})
	if excess := len(f.decisions) - keptDecisions; excess > 0 {
		f.decisions = slices.Delete(f.decisions, 0, excess)
	}
	return result
}
