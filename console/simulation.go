package console

import (
	"errors"

	"renzheng/rulebook"
	"renzheng/verification/replay"
)

// isSimulated reports whether what happened can be replayed against versions of a kind.
func isSimulated(kind rulebook.Kind) bool { return kind == rulebook.Limits || kind == rulebook.Policy }

// simulationData is the data of the page.
type simulationData struct {
	Version    rulebook.Version
	Asked      bool // somebody asked for it
	Simulation replay.Simulation
	Result     replay.Result
}

// Limits returns what cannot be simulated, as the keys of its texts end.
func (simulationData) Limits() []string {
	return []string{"bounds", "estimate", "later", "replayed", "others", "order", "deleted"}
}

// Yuan formats a cost.
func (simulationData) Yuan(cost int64) string { return replay.Yuan(cost) }

// simulated returns the version of the path, which must be of a kind that can be replayed.
func (c *call) simulated() (rulebook.Version, error) {
	v, err := c.console.deps.Rules.Version(c.ctx(), c.pathID())
	if err == nil && (!isSimulated(v.Kind) || c.console.deps.Simulations == nil) {
		err = errNotFound
	}
	return v, err
}

func (c *call) simulation() (answer, error) {
	v, err := c.simulated()
	if err != nil {
		return nil, err
	}
	d := simulationData{Version: v}
	d.Simulation, d.Result, err = c.console.deps.Simulations.Get(c.ctx(), v.ID)
	d.Asked = err == nil
	if errors.Is(err, replay.ErrNotFound) {
		err = nil
	}
	return page{name: "simulation", data: d}, err
}

func (c *call) simulateRules() (answer, error) {
	v, err := c.simulated()
	if err != nil {
		return nil, err
	}
	return redirect("/rules/" + v.ID + "/simulation"), c.console.deps.Simulations.Request(c.ctx(), v.ID)
}

// Persons formats a number of persons, of which too few are not told.
func (v *view) Persons(n int) string {
	switch n {
	case replay.TooFew:
		return v.T("simulation.few", replay.Smallest)
	case replay.Unknown:
		return "—"
	}
	return v.T("simulation.number", n)
}

// PersonRange formats what a number of persons is at least and at most.
func (v *view) PersonRange(r replay.Range) string {
	if r.Low == r.High {
		return v.Persons(r.Low)
	}
	return v.T("simulation.range", v.Persons(r.Low), v.Persons(r.High))
}

// CallRange formats what a number of calls is at least and at most.
func (v *view) CallRange(r replay.Range) string {
	if r.Low == r.High {
		return v.T("simulation.number", r.Low)
	}
	return v.T("simulation.range", v.T("simulation.number", r.Low), v.T("simulation.number", r.High))
}
