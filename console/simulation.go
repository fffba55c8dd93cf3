package console

import (
	"errors"

	"renzheng/rulebook"
	"renzheng/verification/replay"
)

// isSimulated reports whether versions of a kind can be simulated, see package replay.
func isSimulated(kind rulebook.Kind) bool { return kind == rulebook.Limits || kind == rulebook.Policy }

// simulationData is the data of the page.
type simulationData struct {
	Version    rulebook.Version
	Asked      bool // a simulation was requested
	Simulation replay.Simulation
	Result     replay.Result
}

// Limits returns the limits of a simulation, as the ends of the keys of their texts.
func (simulationData) Limits() []string {
	return []string{"bounds", "estimate", "later", "replayed", "others", "order", "deleted"}
}

// Yuan formats a cost in yuan.
func (simulationData) Yuan(cost int64) string { return replay.Yuan(cost) }

// simulated returns the version that the path names. Errors: errNotFound if its kind cannot be simulated.
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

// Persons formats a number of persons. A number that would be too small to publish, or is unknown, is not shown.
func (v *view) Persons(n int) string {
	switch n {
	case replay.TooFew:
		return v.T("simulation.few", replay.Smallest)
	case replay.Unknown:
		return "—"
	}
	return v.T("simulation.number", n)
}

// PersonRange formats the least and the greatest possible number of persons.
func (v *view) PersonRange(r replay.Range) string {
	if r.Low == r.High {
		return v.Persons(r.Low)
	}
	return v.T("simulation.range", v.Persons(r.Low), v.Persons(r.High))
}

// CallRange formats the least and the greatest possible number of calls.
func (v *view) CallRange(r replay.Range) string {
	if r.Low == r.High {
		return v.T("simulation.number", r.Low)
	}
	return v.T("simulation.range", v.T("simulation.number", r.Low), v.T("simulation.number", r.High))
}
