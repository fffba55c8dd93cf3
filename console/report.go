package console

import (
	"encoding/hex"
	"errors"
	"net/http"

	"renzheng/staff"
	"renzheng/todo"
)

func (c *Console) reportRoutes() []route {
	if c.deps.Reports == nil {
		return nil
	}
	reviewer := []staff.Role{staff.Reviewer}
	return []route{
		{id: "reports", method: http.MethodGet, path: "/reports", roles: reviewer, nav: true, act: (*call).reports},
		{id: "settle_report", method: http.MethodPost, path: "/reports/:id/settle", roles: reviewer, act: (*call).settleReport},
	}
}

// maxReports bounds the list.
const maxReports = 200

// reportsData is the data of the queue.
type reportsData struct {
	Settled  bool // the settled reports are listed, instead of the open ones
	Reports  []todo.Report
	Outcomes []todo.ReportOutcome
	Problem  string // key of what is wrong with a form; "" = nothing
}

func (c *call) reportsPage(state todo.ReportState, problem string) (page, error) {
	found, err := c.console.deps.Reports.Reports(c.ctx(), state, maxReports)
	return page{name: "reports", data: reportsData{state == todo.ReportSettled, found, todo.ReportOutcomes(), problem}}, err
}

// reports lists the reports that a case is not the person's, without the persons.
func (c *call) reports() (answer, error) {
	state := todo.ReportOpen
	if c.query("settled") != "" {
		state = todo.ReportSettled
	}
	return c.reportsPage(state, "")
}

func (c *call) settleReport() (answer, error) {
	own, _ := hex.DecodeString(c.member().Subject) // empty if the identity provider does not claim the document
	outcome := todo.ReportOutcome(c.form("outcome"))
	entry, err := c.ledgerDraft(todo.KindReportSettled, c.pathID(), string(outcome))
	if err != nil {
		return nil, err
	}
	err = todo.SettleReport(c.ctx(), c.console.deps.Reports, todo.ReportSettlement{
		ConfirmationID: c.pathID(), Outcome: outcome, By: c.member().ID, Own: own, At: entry.At, Entry: entry,
	})
	if errors.Is(err, todo.ErrReportOutcome) {
		p, pageErr := c.reportsPage(todo.ReportOpen, "problem.outcome")
		return unprocessable(p), pageErr
	}
	if err != nil {
		return nil, err
	}
	return redirect("/reports?done=settled"), nil
}
