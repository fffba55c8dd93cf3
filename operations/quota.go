package operations

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// QuotaRule defines a quota. The store has one counter for each account, person, card or member that the quota limits; its scope is
// Prefix followed by their ids.
type QuotaRule struct {
	Name   string        // such as face_starts; the page has a text for it
	Prefix string        // of the scopes of its counters
	Limit  int           // tries in a window
	Window time.Duration // from the first try
}

// CounterUse is how many counters of a quota are in use, without their ids.
type CounterUse struct {
	Running int // counters whose window has not ended
	UsedUp  int // those of them that have no try left
}

// QuotaStore reads the use of quotas. Safe for concurrent use.
type QuotaStore interface {
	// CounterUse returns the use of the counters whose scopes begin with r.Prefix.
	CounterUse(ctx context.Context, r QuotaRule, now time.Time) (CounterUse, error)
}

// Quota is a quota as an operator sees it.
type Quota struct {
	QuotaRule
	CounterUse

	Rejected int // tries that it rejected in the period of the counts
}

// rejectionPrefix begins the Step of a count of rejections, which no id of an operation has.
const rejectionPrefix = "quota:"

// Rejection returns the key under which a rejection by a quota is counted. It has no Code, because the request that was rejected is
// counted with its own.
func Rejection(quota string) Request { return Request{Step: rejectionPrefix + quota} }

// Quotas returns the quotas with their present use and, from counts, how many tries they rejected.
func Quotas(ctx context.Context, s QuotaStore, rules []QuotaRule, counts []Count, now time.Time) ([]Quota, error) {
	rejected := map[string]int{}
	for _, c := range counts {
		if name, ok := strings.CutPrefix(c.Step, rejectionPrefix); ok {
			rejected[name] += c.Number
		}
	}
	all := make([]Quota, 0, len(rules))
	for _, r := range rules {
		use, err := s.CounterUse(ctx, r, now)
		if err != nil {
			return nil, fmt.Errorf("reading the use of quotas: %w", err)
		}
		all = append(all, Quota{r, use, rejected[r.Name]})
	}
	return all, nil
}
