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

// Milliseconds returns a duration in milliseconds.
func (v *view) Milliseconds(d time.Duration) int64 { return d.Milliseconds() }
