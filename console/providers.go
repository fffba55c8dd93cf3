package console

import (
	"html/template"
	"strings"
	"time"

	"renzheng/operations"
)

// providerData is a call of a third party with its switch.
type providerData struct {
	operations.Provider

	Switch string // its state; "" = on
}

// certificateData is a certificate with the days until it ends.
type certificateData struct {
	operations.Certificate

	Days int  // rounded down; negative if it has ended
	Soon bool // it must be replaced soon
}

// providersData is the data of the page.
type providersData struct {
	Calls        []providerData
	Certificates []certificateData
	Chart        template.HTML // of the 95th percentile of each call, in its slowest replica
}

// soonDays is how many days before its end a certificate is marked.
const soonDays = 30

func (c *call) providers() (answer, error) {
	now := c.console.deps.Clock()
	reported, err := c.console.deps.Providers.ReportedProviders(c.ctx(), now)
	if err != nil {
		return nil, err
	}
	switches, err := c.console.deps.Switches.CurrentSwitches(c.ctx())
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
		for _, certificate := range c.console.deps.Certificates() {
			days := int(certificate.Until.Sub(now) / (24 * time.Hour))
			d.Certificates = append(d.Certificates, certificateData{certificate, days, days < soonDays})
		}
	}
	return page{name: "providers", data: d}, nil
}

// switchOf returns the state of the switch that applies to a call: that of its provider if there is one, otherwise that of all
// providers. It returns "" if neither is set.
func switchOf(switches []operations.Switch, p operations.Provider, now time.Time) string {
	state := ""
	for _, s := range switches {
		matches := s.Provider == "*" || s.Provider == p.Provider
		if matches && strings.HasPrefix(p.Call, s.Check) && (s.Until.IsZero() || s.Until.After(now)) && (state == "" || s.Provider != "*") {
			state = s.State
		}
	}
	return state
}

// Milliseconds returns a duration in milliseconds.
func (v *view) Milliseconds(d time.Duration) int64 { return d.Milliseconds() }
