package console

import (
	"time"

	"renzheng/operations"
)

// quotasData is the data of the page.
type quotasData struct {
	Quotas []operations.Quota
}

// rejectedFor is how far back the page counts rejections.
const rejectedFor = 24 * time.Hour

// quotas shows limits, how many of their counters run, and what they rejected. A counter is of one person or account; none of them is shown.
func (c *call) quotas() (answer, error) {
	now := c.console.deps.Clock()
	counts, err := c.console.deps.Counts.Counts(c.ctx(), now.Add(-rejectedFor))
	if err != nil {
		return nil, err
	}
	var d quotasData
	d.Quotas, err = operations.Quotas(c.ctx(), c.console.deps.Quotas, c.console.deps.Counters(), counts, now)
	return page{name: "quotas", data: d}, err
}

// Length formats a length of time in hours or minutes.
func (v *view) Length(d time.Duration) string {
	if d < time.Hour {
		return v.T("length.minutes", int(d/time.Minute))
	}
	return v.T("length.hours", int(d/time.Hour))
}
