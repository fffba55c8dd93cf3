package alibabacloudtest

import (
	"cmp"
	"time"

	"renzheng/providers/fakes"
)

// Decision is what the source found, whether or not the caller learned of it.
type Decision struct {
	Query     Query
	Biz, Sub  string // Sub with BankCard only
	RequestID string
	Delivered fakes.Delivery // Answered: the caller was told
	At        time.Time
}

// Decisions returns a copy of the decisions, the oldest first. If there were very
// many, only the latest are left.
func (f *Fake) Decisions() []Decision { return f.decisions.All() }

// decide records the decision at the moment it is made, before anything can
// happen to the answer.
func (f *Fake) decide(q Query, fate Fate, requestID string) Decision {
	now := f.options.Clock()
	d := Decision{Query: q, Biz: cmp.Or(fate.Biz, "1"), RequestID: requestID, Delivered: fate.Delivery, At: now}
	if q.Action == BankCard {
		d.Sub = fate.sub(d.Biz)
		if tries := f.decisions.Try(q.Card, now); f.options.TriesPerDay > 0 && tries > f.options.TriesPerDay {
			d.Biz, d.Sub = "3", TriesExceeded
		}
	}
	f.decisions.Add(d)
	return d
}

func (f Fate) sub(biz string) string {
	if biz == "1" {
		return cmp.Or(f.Sub, "101")
	}
	return cmp.Or(f.Sub, "201")
}
