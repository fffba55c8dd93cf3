package console

import (
	"context"
	"slices"

	"renzheng/staff"
	"renzheng/window"
)

// evidence shows the supervisor what was typed, to approve it. That is recorded before it is decrypted.
func (c *call) evidence() (answer, error) { return c.evidencePage(c.console.deps.Window.Evidence) }

// dispute shows the supervisor what was typed of a visit that was approved or has ended, and what was photographed. That is recorded
// before it is decrypted.
func (c *call) dispute() (answer, error) {
	return c.evidencePage(c.console.deps.Window.DisputedEvidence)
}

func (c *call) evidencePage(show func(context.Context, staff.Member, string) (window.Evidence, error)) (answer, error) {
	service, id := c.console.deps.Window, c.pathID()
	seen, err := show(c.ctx(), c.member(), id)
	if err != nil {
		return nil, err
	}
	v, err := service.Visit(c.ctx(), c.member(), id)
	if err != nil {
		return nil, err
	}
	d := c.visitData(v)
	d.Evidence = &seen
	return page{name: "visit", data: d}, nil
}

func (c *call) decideVisit() (answer, error) {
	decision := c.form("decision")
	if !slices.Contains([]string{"approve", "return"}, decision) {
		return nil, errNotFound
	}
	v, err := c.console.deps.Window.Decide(c.ctx(), c.member(), c.pathID(), window.Verdict{Approve: decision == "approve", Version: c.form("seen")})
	if err != nil {
		return nil, err
	}
	return visitAddress(v.ID, "visit_"+decision), nil
}
