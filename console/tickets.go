package console

import (
	"html/template"
	"net/http"

	"renzheng/operations"
	"renzheng/staff"
)

func (c *Console) supportRoutes() []route {
	if c.deps.Tickets == nil || c.deps.Traces == nil || c.deps.SlipPrefix == nil {
		return nil
	}
	operator := []staff.Role{staff.Operator}
	return []route{
		{id: "tickets", method: http.MethodGet, path: "/tickets", roles: operator, nav: true, act: (*call).tickets},
		{id: "ticket", method: http.MethodGet, path: "/tickets/:id", roles: operator, act: (*call).ticket},
		{id: "answer_ticket", method: http.MethodPost, path: "/tickets/:id/answered", roles: operator, act: (*call).answerTicket},
		{id: "trace", method: http.MethodGet, path: "/trace", roles: operator, nav: true, act: func(*call) (answer, error) { return page{name: "trace", data: traceData{}}, nil }},
		{id: "reveal_trace", method: http.MethodPost, path: "/trace", roles: operator, act: (*call).revealTrace},
	}
}

// ticketsData is the data of the list of tickets.
type ticketsData struct {
	Tickets  []operations.Ticket
	Failures []operations.Reason
	Failure  string        // only tickets with it are listed; "" = all
	Chart    template.HTML // of the failures
}

func (c *call) tickets() (answer, error) {
	store, now := c.console.deps.Tickets, c.console.deps.Clock()
	d := ticketsData{Failure: c.query("failure")}
	var err error
	if d.Failures, err = store.TicketFailures(c.ctx(), now); err != nil {
		return nil, err
	}
	if d.Tickets, err = store.SupportTickets(c.ctx(), d.Failure, now, operations.MaxTickets); err != nil {
		return nil, err
	}
	chart := operations.Chart{ID: "tickets", Title: c.text("tickets.chart"), Desc: c.text("tickets.chart_desc")}
	for _, f := range d.Failures {
		chart.Bars = append(chart.Bars, operations.Bar{Label: c.failureLabel(f.Failure), Value: f.Count})
	}
	d.Chart = svg(chart)
	return page{name: "tickets", data: d}, nil
}

// failureLabel returns the label of a bar: the code, or for an empty one the text that says so.
func (c *call) failureLabel(code string) string {
	if code == "" {
		return c.text("tickets.no_failure")
	}
	return code
}

func (c *call) ticket() (answer, error) {
	found, err := c.console.deps.Tickets.SupportTicket(c.ctx(), c.pathID(), c.console.deps.Clock())
	return page{name: "ticket", data: found}, err
}

// answerTicket records that support has answered, by whatever means. What was said is not stored.
func (c *call) answerTicket() (answer, error) {
	if err := c.console.deps.Tickets.AnswerTicket(c.ctx(), c.pathID(), c.member().ID, c.console.deps.Clock()); err != nil {
		return nil, err
	}
	return redirect("/tickets/" + c.pathID() + "?done=answered"), nil
}

// traceData is the data of the page of a trace.
type traceData struct {
	Code    string
	Traces  []operations.Trace
	Problem string // key of what is wrong with the code
}

// revealTrace shows what was tried. It is a form and not a link, because it records the access.
func (c *call) revealTrace() (answer, error) {
	d := traceData{Code: c.form("code")}
	key, ok := operations.ParseTraceKey(d.Code, c.console.deps.SlipPrefix)
	if !ok {
		d.Problem = "trace.no_code"
		return unprocessable(page{name: "trace", data: d}), nil
	}
	var err error
	d.Traces, err = operations.RevealTrace(c.ctx(), c.console.deps.Traces, c.member(), key, c.console.deps.Clock())
	return page{name: "trace", data: d}, err
}
