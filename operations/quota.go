package operations

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// Counter is what a quota counts by: each counter is that of one account, person, card or member, and is called by nobody's name.
type Counter struct {
	Name   string
	Prefix string // how the scopes of its counters begin
	Limit  int
	Window time.Duration // from the first try
}

// CounterUse is how many counters of a quota run.
type CounterUse struct {
	Running int
	UsedUp  int // of these, those that have no try left
}

// QuotaStore shows how much of the quotas is used.
type QuotaStore interface {
	// CounterUse returns the use of the counters whose scopes begin with c.Prefix.
	CounterUse(ctx context.Context, c Counter, now time.Time) (CounterUse, error)
}

// Quota is a quota as an operator sees it.
type Quota struct {
	Counter
	CounterUse

	Rejected int // tries that it rejected since a time
}

// rejectedStep is what the step of a count begins with that is of rejections by a quota, and of no request.
const rejectedStep = "quota:"

// Rejection is the count of a try that a quota rejected. It is no problem of a request, which is counted by itself.
func Rejection(quota string) Request { return Request{Step: rejectedStep + quota} }

// Quotas returns the quotas of counters with their use now, and what they rejected since a time.
func Quotas(ctx context.Context, s QuotaStore, counters []Counter, counts []Count, now time.Time) ([]Quota, error) {
	rejected := map[string]int{}
	for _, c := range counts {
		if name, ok := strings.CutPrefix(c.Step, rejectedStep); ok {
			rejected[name] += c.Number
		}
	}
	all := make([]Quota, 0, len(counters))
	for _, c := range counters {
		use, err := s.CounterUse(ctx, c, now)
		if err != nil {
			return nil, fmt.Errorf("reading the use of quotas: %w", err)
		}
		all = append(all, Quota{c, use, rejected[c.Name]})
	}
	return all, nil
}
