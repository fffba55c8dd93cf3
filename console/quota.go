package console

import (
	"time"

	"renzheng/operations"
)

// quotasData is the data of the page.
type quotasData struct {
	Quotas []operations.Quota
}

// rejectedFor is the period whose rejections the page counts.
const rejectedFor = 24 * time.Hour

// quotas shows the limits, how many counters of each are running, and how many tries were rejected. It does not show to whom a counter
// belongs.
func (c *call) quotas() (answer, error) {
	now := c.console.deps.Clock()
	counts, err := c.console.deps.Counts.Counts(c.ctx(), now.Add(-rejectedFor))
	if err != nil {
		return nil, err
	}
	var d quotasData
	d.Quotas, err = operations.Quotas(c.ctx(), c.console.deps.Quotas, c.console.deps.QuotaRules(), counts, now)
	return page{name: "quotas", data: d}, err
}

// Length formats a duration in whole minutes below an hour, and in whole hours above.
func (v *view) Length(d time.Duration) string {
	if d < time.Hour {
		return v.T("length.minutes", int(d/time.Minute))
	}
	return v.T("length.hours", int(d/time.Hour))
}
