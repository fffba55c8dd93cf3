package tencentcloudtest

import (
	"cmp"
	"time"

	"renzheng/providers/fakes"
)

// Decision is what the source found, whether or not the caller learned of it.
type Decision struct {
	Query     Query
	Result    string
	RequestID string
	Delivered fakes.Delivery // Answered: the caller was told
	At        time.Time
}

// Decisions returns a copy of the decisions, the oldest first. If there were very
// many, only the latest are left.
func (f *Fake) Decisions() []Decision { return f.decisions.All() }

// decide records the decision at the moment it is made, before anything can
// happen to the answer.
func (f *Fake) decide(q Query, fate Fate, requestID string) string {
	now := f.options.Clock()
	result := cmp.Or(q.complaint(), fate.Result, q.Passed())
	if q.Card != "" {
		if tries := f.decisions.Try(q.Card, now); f.options.TriesPerDay > 0 && tries > f.options.TriesPerDay {
			result = q.TriesExceeded()
		}
	}
	f.decisions.Add(Decision{q, result, requestID, fate.Delivery, now})
	return result
}
