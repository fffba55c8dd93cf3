package console

import (
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"time"

	"renzheng/operations"
	"renzheng/staff"
)

func (c *Console) operationsRoutes() []route {
	if c.deps.Funnel == nil || c.deps.Deliveries == nil || c.deps.Switches == nil {
		return nil
	}
	operator := []staff.Role{staff.Operator}
	return []route{
		{id: "funnel", method: http.MethodGet, path: "/funnel", roles: operator, nav: true, act: (*call).funnel},
		{id: "deliveries", method: http.MethodGet, path: "/deliveries", roles: operator, nav: true, act: (*call).deliveries},
		{id: "switches", method: http.MethodGet, path: "/switches", roles: operator, nav: true, act: (*call).switches},
		{id: "deliver_again", method: http.MethodPost, path: "/deliveries/:id/again", roles: operator, act: (*call).deliverAgain},
	}
}

// funnelDays returns the periods that can be chosen, in days.
func funnelDays() []int { return []int{1, 7, 30} }

// funnelData is the data of the page.
type funnelData struct {
	Days  int   // of the period
	Of    []int // periods that can be chosen
	Since time.Time
	Flows []flowData
}

// flowData is a flow with its chart.
type flowData struct {
	operations.Flow

	Chart template.HTML
}

// funnel shows how far persons get. It falls back to the shortest period if the query names none that can be chosen.
func (c *call) funnel() (answer, error) {
	days, err := strconv.Atoi(c.query("days"))
	if err != nil || !slices.Contains(funnelDays(), days) {
		days = funnelDays()[0]
	}
	now := c.console.deps.Clock()
	data := funnelData{Days: days, Of: funnelDays(), Since: now.AddDate(0, 0, -days)}
	flows, err := operations.Funnel(c.ctx(), c.console.deps.Funnel, data.Since, now)
	if err != nil {
		return nil, err
	}
	for i, f := range flows {
		data.Flows = append(data.Flows, flowData{f, c.chart("flow-"+strconv.Itoa(i), f)})
	}
	return page{name: "funnel", data: data}, nil
}

// chart returns the chart of a flow.
func (c *call) chart(id string, f operations.Flow) template.HTML {
	title := c.text("channel."+f.Channel) + " · " + c.text("flow."+f.Purpose)
	return svg(f.Chart(id, title, c.text("funnel.chart"), func(stage string) string { return c.text("stage." + stage) }))
}

// svg returns a chart as HTML for a template.
func svg(chart operations.Chart) template.HTML {
	return template.HTML(chart.SVG()) //nolint:gosec // SVG escapes all texts
}

func (c *call) deliveries() (answer, error) {
	found, err := c.console.deps.Deliveries.Undelivered(c.ctx(), operations.MaxDeliveries)
	return page{name: "deliveries", data: struct{ Deliveries []operations.Delivery }{found}}, err
}

func (c *call) deliverAgain() (answer, error) {
	if err := c.console.deps.Deliveries.DeliverAgain(c.ctx(), c.pathID(), c.console.deps.Clock()); err != nil {
		return nil, err
	}
	return redirect("/deliveries?done=delivered_again"), nil
}

// switchList is one of the two lists of the page.
type switchList struct {
	Title string // key of its text
	Rows  []operations.Switch
}

func (c *call) switches() (answer, error) {
	set, err := c.console.deps.Switches.CurrentSwitches(c.ctx())
	if err != nil {
		return nil, err
	}
	history, err := c.console.deps.Switches.ChangedSwitches(c.ctx(), operations.MaxSwitchHistory)
	return page{name: "switches", data: []switchList{{"now", set}, {"history", history}}}, err
}
