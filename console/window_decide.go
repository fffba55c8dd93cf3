package console

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"renzheng/staff"
	"renzheng/window"
)

// evidence shows the supervisor what was typed, to approve it. That is recorded before it is decrypted.
func (c *call) evidence() (answer, error) {
	return c.evidencePage(http.StatusOK, "", c.console.deps.Window.Evidence)
}

// dispute shows the supervisor what was typed of a visit that was approved or has ended, and what was photographed. That is recorded
// before it is decrypted.
func (c *call) dispute() (answer, error) {
	return c.evidencePage(http.StatusOK, "", c.console.deps.Window.DisputedEvidence)
}

func (c *call) evidencePage(status int, problem string, show func(context.Context, staff.Member, string) (window.Evidence, error)) (answer, error) {
	id := c.pathID()
	seen, err := show(c.ctx(), c.member(), id)
	if err != nil {
		return nil, err
	}
	d, err := c.readVisit(id)
	if err != nil {
		return nil, err
	}
	d.Evidence, d.Problem = &seen, problem
	return page{name: "visit", status: status, data: d}, nil
}

// approvalsData is what waits for a supervisor.
type approvalsData struct {
	Waiting int
	Oldest  time.Time // when the first of them was submitted; zero if nothing waits
}

// approvals counts the visits that the member may approve. It returns nil for a member who approves none.
func (c *call) approvals() (*approvalsData, error) {
	m := c.member()
	if c.console.deps.Window == nil || m.Office == "" || !m.Has(staff.Supervisor) {
		return nil, nil
	}
	going, err := c.console.deps.Window.ListVisits(c.ctx(), m)
	if err != nil {
		return nil, err
	}
	var d approvalsData
	for _, v := range going {
		if v.State != window.Waiting || v.VerifiedBy == m.ID || v.OpenedBy == m.ID {
			continue
		}
		if d.Waiting++; d.Oldest.IsZero() || v.VerifiedAt.Before(d.Oldest) {
			d.Oldest = v.VerifiedAt
		}
	}
	return &d, nil
}

func (c *call) decideVisit() (answer, error) {
	decision := c.form("decision")
	if !slices.Contains([]string{"approve", "return"}, decision) {
		return nil, errNotFound
	}
	v, err := c.console.deps.Window.Decide(c.ctx(), c.member(), c.pathID(), window.Decision{
		Approve: decision == "approve", Version: c.form("seen"), Reason: c.form("why"),
	})
	if errors.Is(err, window.ErrReason) {
		return c.evidencePage(http.StatusUnprocessableEntity, "problem.return_reason", c.console.deps.Window.Evidence)
	}
	if err != nil {
		return nil, err
	}
	return visitAddress(v.ID, "visit_"+decision), nil
}
