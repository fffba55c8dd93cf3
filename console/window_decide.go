package console

import (
	"slices"

	"renzheng/window"
)

// evidence shows the supervisor what was typed. That is recorded before it is decrypted.
func (c *call) evidence() (answer, error) {
	service, id := c.console.deps.Window, c.pathID()
	seen, err := service.Evidence(c.ctx(), c.member(), id)
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
