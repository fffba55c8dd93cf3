package console

import (
	"html/template"
	"net/http"
	"slices"
	"strings"
	"time"

	"renzheng/operations"
	"renzheng/staff"
)

func (c *Console) healthRoutes() []route {
	if c.deps.Counts == nil || c.deps.Providers == nil || c.deps.Backlogs == nil || c.deps.Registries == nil || c.deps.Switches == nil {
		return nil
	}
	operator := []staff.Role{staff.Operator}
	routes := []route{
		{id: "providers", method: http.MethodGet, path: "/providers", roles: operator, nav: true, act: (*call).providers},
		{id: "registries", method: http.MethodGet, path: "/registries", roles: operator, nav: true, act: (*call).registries},
		{id: "problems", method: http.MethodGet, path: "/problems", roles: operator, nav: true, act: (*call).problems},
	}
	if c.deps.Quotas != nil && c.deps.Counters != nil {
		routes = append(routes, route{id: "quotas", method: http.MethodGet, path: "/quotas", roles: operator, nav: true, act: (*call).quotas})
	}
	return routes
}

// providerData is a call of a third party with its switch.
type providerData struct {
	operations.Provider

	Switch string // its state; "" = on
}

// certificateData is a certificate with the days that it is valid.
type certificateData struct {
	operations.Certificate

	Days int // rounded down
	Soon bool
}

type providersData struct {
	Calls        []providerData
	Certificates []certificateData
	Chart        template.HTML // of the slowest of each provider's replicas
}

// soon is how long before its end a certificate is marked.
const soon = 30

func (c *call) providers() (answer, error) {
	now := c.console.deps.Clock()
	reported, err := c.console.deps.Providers.ReportedProviders(c.ctx(), now)
	if err != nil {
		return nil, err
	}
	switches, err := c.console.deps.Switches.SetSwitches(c.ctx())
	if err != nil {
		return nil, err
	}
	var d providersData
	chart := operations.Chart{ID: "latency", Title: c.text("providers.chart"), Desc: c.text("providers.chart_desc")}
	for _, p := range reported {
		d.Calls = append(d.Calls, providerData{p, switchOf(switches, p, now)})
		label, value := p.Provider+" "+p.Call, int(p.P95.Milliseconds())
		if last := len(chart.Bars) - 1; last >= 0 && chart.Bars[last].Label == label {
			chart.Bars[last].Value = max(chart.Bars[last].Value, value)
			continue
		}
		chart.Bars = append(chart.Bars, operations.Bar{Label: label, Value: value})
	}
	d.Chart = svg(chart)
	if c.console.deps.Certificates != nil {
		for _, one := range c.console.deps.Certificates() {
			days := int(one.Until.Sub(now) / (24 * time.Hour))
			d.Certificates = append(d.Certificates, certificateData{one, days, days < soon})
		}
	}
	return page{name: "providers", data: d}, nil
}

// switchOf returns the state of the switch of a call: that of its provider, or else that of every provider; "" if it is on.
func switchOf(switches []operations.Switch, p operations.Provider, now time.Time) string {
	state := ""
	for _, s := range switches {
		fits := s.Provider == "*" || s.Provider == p.Provider
		if fits && strings.HasPrefix(p.Call, s.Check) && (s.Until.IsZero() || s.Until.After(now)) && (state == "" || s.Provider != "*") {
			state = s.State
		}
	}
	return state
}

// registryData is a registry with what it asked and what it has not received.
type registryData struct {
	operations.Registry

	Seen     []operations.Seen
	Backlogs []operations.Backlog
	LastAt   time.Time
}

type registriesData struct {
	Registries []registryData
	Strangers  []operations.Seen // requests of nobody known
}

// countedDays is how far back the pages look.
const countedDays = 7

func (c *call) registries() (answer, error) {
	configured := c.console.deps.Registries()
	counts, err := c.console.deps.Counts.Counts(c.ctx(), c.console.deps.Clock().AddDate(0, 0, -countedDays))
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(configured))
	for i, r := range configured {
		ids[i] = r.ID
	}
	backlogs, err := c.console.deps.Backlogs.RegistryBacklogs(c.ctx(), ids)
	if err != nil {
		return nil, err
	}
	var d registriesData
	for _, r := range configured {
		one := registryData{Registry: r, Seen: operations.SeenOf(counts, r.ID, func(operations.Count) bool { return true })}
		for _, s := range one.Seen {
			if s.LastAt.After(one.LastAt) {
				one.LastAt = s.LastAt
			}
		}
		for _, b := range backlogs {
			if b.RegistryID == r.ID {
				one.Backlogs = append(one.Backlogs, b)
			}
		}
		d.Registries = append(d.Registries, one)
	}
	d.Strangers = operations.SeenOf(counts, "", ofStrangers)
	return page{name: "registries", data: d}, nil
}

// ofStrangers reports whether a count is of requests whose signature was rejected.
func ofStrangers(c operations.Count) bool {
	return strings.HasPrefix(c.Code, "signature_") || c.Code == "key_unknown" || c.Code == "digest_mismatch"
}

// problemPeriod is a period to choose from.
type problemPeriod struct {
	Name   string
	Length time.Duration // of a part
	Parts  int
	format string // of a part's label
}

func problemPeriods() []problemPeriod {
	const day = 24 * time.Hour
	return []problemPeriod{{"hour", 5 * time.Minute, 12, "15:04"}, {"day", time.Hour, 24, "15:04"}, {"week", day, countedDays, "01-02 15:04"}}
}

type problemsData struct {
	Period   string
	Of       []problemPeriod
	Total    int
	Problems []operations.Problem
	Spans    []operations.Span
	Chart    template.HTML
	Failures []string // that are listed, each once
}

// problems shows what stopped requests, without ids. An unknown period becomes the shortest.
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
		chart.Bars = append(chart.Bars, operations.Bar{Label: s.Begin.In(beijing()).Format(chosen.format), Value: s.Number})
	}
	d.Chart = svg(chart)
	for _, p := range d.Problems {
		if p.Failure != "" && !slices.Contains(d.Failures, p.Failure) {
			d.Failures = append(d.Failures, p.Failure)
		}
	}
	return page{name: "problems", data: d}, nil
}

// Milliseconds returns a duration in milliseconds.
func (v *view) Milliseconds(d time.Duration) int64 { return d.Milliseconds() }

// SeenTable is the data of the table of requests.
func (v *view) SeenTable(name string, seen []operations.Seen) any {
	return struct {
		View *view
		Name string
		Seen []operations.Seen
	}{v, name, seen}
}
