package console

import (
	"html/template"
	"slices"
	"time"

	"renzheng/identity"
	"renzheng/operations"
)

// problemPeriod is a period that can be chosen, which the chart divides into parts.
type problemPeriod struct {
	Name   string
	Length time.Duration // of a part
	Parts  int
	format string // of the label of a part
}

func problemPeriods() []problemPeriod {
	const day = 24 * time.Hour
	return []problemPeriod{{"hour", 5 * time.Minute, 12, "15:04"}, {"day", time.Hour, 24, "15:04"}, {"week", day, countedDays, "01-02 15:04"}}
}

// problemsData is the data of the page.
type problemsData struct {
	Period   string          // name of the chosen one
	Of       []problemPeriod // that can be chosen
	Total    int             // of problems in the period
	Problems []operations.Problem
	Spans    []operations.Span
	Chart    template.HTML
	Failures []string // codes of the listed failures, without duplicates
}

// problems counts the problems that stopped requests. It falls back to the shortest period if the query names none that can be chosen.
func (c *call) problems() (answer, error) {
	now := c.console.deps.Clock()
	d := problemsData{Of: problemPeriods()}
	chosen := d.Of[max(0, slices.IndexFunc(d.Of, func(p problemPeriod) bool { return p.Name == c.query("period") }))]
	d.Period = chosen.Name
	until := now.Truncate(operations.Bucket).Add(operations.Bucket)
	since := until.Add(-chosen.Length * time.Duration(chosen.Parts))
	counts, err := c.console.deps.Counts.Counts(c.ctx(), since)
	if err != nil {
		return nil, err
	}
	d.Problems = operations.Problems(counts, since)
	d.Spans = operations.Spans(counts, until, chosen.Length, chosen.Parts)
	chart := operations.Chart{ID: "problems", Title: c.text("problems.chart"), Desc: c.text("problems.chart_desc")}
	for _, s := range d.Spans {
		d.Total += s.Number
		chart.Bars = append(chart.Bars, operations.Bar{Label: s.Begin.In(identity.Beijing()).Format(chosen.format), Value: s.Number})
	}
	d.Chart = svg(chart)
	for _, p := range d.Problems {
		if p.Failure != "" && !slices.Contains(d.Failures, p.Failure) {
			d.Failures = append(d.Failures, p.Failure)
		}
	}
	return page{name: "problems", data: d}, nil
}
