package console

import (
	"net/http"
	"time"

	"renzheng/identity"
	"renzheng/staff"
	"renzheng/window"
)

// escalationsData is the data of the list.
type escalationsData struct {
	Escalations []window.Escalation
	Reads       bool // the member may read note and answer
	Now         time.Time
}

func (c *call) escalations() (answer, error) {
	found, err := c.console.deps.Window.ListEscalations(c.ctx(), c.member())
	if err != nil {
		return nil, err
	}
	return page{name: "escalations", data: escalationsData{found, c.member().Has(staff.Clerk), c.console.deps.Clock()}}, nil
}

func (c *call) escalate() (answer, error) {
	service, id := c.console.deps.Window, c.pathID()
	_, err := service.Escalate(c.ctx(), c.member(), window.EscalationRequest{
		ID: c.created, VisitID: id, Kind: window.EscalationKind(c.form("kind")), Note: identity.NewSecret(c.form("note")),
	})
	if problem, ok := typingProblem(err); ok {
		d, readErr := c.readVisit(id)
		if readErr != nil {
			return nil, readErr
		}
		d.Problem = problem
		return unprocessable(page{name: "visit", data: d}), nil
	}
	if !isCreated(err) {
		return nil, err
	}
	return redirect("/escalations?done=escalated"), nil
}

// escalationData is the data of one escalation, with note and answer.
type escalationData struct {
	Escalation window.Escalation
	Settles    bool // the member may answer it
	Outcomes   []string
	Problem    string // key of what is wrong with the form; "" = nothing
}

// readEscalation shows note and answer. It is a form and not a link, because it records the access.
func (c *call) readEscalation() (answer, error) { return c.escalationPage("", http.StatusOK) }

func (c *call) escalationPage(problem string, code int) (answer, error) {
	e, err := c.console.deps.Window.Escalation(c.ctx(), c.member(), c.pathID())
	if err != nil {
		return nil, err
	}
	return page{name: "escalation", status: code, data: escalationData{
		e, e.SettledAt.IsZero() && e.Centre == c.member().Office, window.EscalationOutcomes(), problem,
	}}, nil
}

func (c *call) settleEscalation() (answer, error) {
	err := c.console.deps.Window.Settle(c.ctx(), c.member(), c.pathID(), c.form("outcome"), identity.NewSecret(c.form("answer")))
	if problem, ok := typingProblem(err); ok {
		return c.escalationPage(problem, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return nil, err
	}
	return redirect("/escalations?done=escalation_settled"), nil
}
