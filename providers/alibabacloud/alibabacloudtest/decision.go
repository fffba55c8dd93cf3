package alibabacloudtest

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
	Biz, Sub  string // Sub with BankCard only
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
func (f *Fake) decide(q Query, fate Fate, requestID string) Decision {
	now := f.options.Clock()
	d := Decision{Query: q, Biz: cmp.Or(fate.Biz, "1"), RequestID: requestID, Delivered: fate.Delivery, At: now}
	f.mu.Lock()
	defer f.mu.Unlock()
	if q.Action == BankCard {
		d.Sub = fate.sub(d.Biz)
		today := cardDay{q.Card, identity.DateAt(now)}
		f.tries[today]++
		if f.options.TriesPerDay > 0 && f.tries[today] > f.options.TriesPerDay {
			d.Biz, d.Sub = "3", TriesExceeded
		}
	}
	f.decisions = append(f.decisions, d)
	if excess := len(f.decisions) - keptDecisions; excess > 0 {
		f.decisions = slices.Delete(f.decisions, 0, excess)
	}
	return d
}

func (f Fate) sub(biz string) string {
	if biz == "1" {
		return cmp.Or(f.Sub, "101")
	}
	return cmp.Or(f.Sub, "201")
}
