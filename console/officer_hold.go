package console

import (
	"errors"

	"renzheng/identity"
	"renzheng/retention"
	"renzheng/rights"
	"renzheng/staff"
)

// holdsData is the data of the page.
type holdsData struct {
	All      bool // lifted holds are listed, too
	Holds    []retention.Hold
	Purposes []staff.Purpose
	Problem  string // key of what is wrong with the form; "" = nothing
	Typed    retention.Hold

	Revealed string // id of the hold whose person was revealed; "" = none
	Document identity.Document
}

// Number returns the number of the revealed document.
func (d holdsData) Number() string { return d.Document.Number.Reveal() }

func (c *call) holdsPage() (holdsData, error) {
	all := c.query("all") != ""
	found, err := c.console.deps.Holds.List(c.ctx(), all)
	return holdsData{All: all, Holds: found, Purposes: staff.Officer.Purposes()}, err
}

func (c *call) holds() (answer, error) {
	data, err := c.holdsPage()
	return page{name: "holds", data: data}, err
}

func (c *call) placeHold() (answer, error) {
	hold := retention.Hold{ID: c.created, Registry: c.form("registry"), CaseID: c.form("case"), SignerID: c.form("signer"), Ground: c.form("ground")}
	_, err := c.console.deps.Holds.Place(c.ctx(), c.member(), hold)
	var problem string
	switch {
	case isCreated(err):
		return redirect("/holds?done=placed"), nil
	case errors.Is(err, retention.ErrGround):
		problem = "problem.ground"
	case errors.Is(err, retention.ErrUnknown):
		problem = "problem.no_case"
	case errors.Is(err, retention.ErrErased):
		problem = "error.erased.body"
	default:
		return nil, err
	}
	data, err := c.holdsPage()
	data.Problem, data.Typed = problem, hold
	return unprocessable(page{name: "holds", data: data}), err
}

// revealHold shows the document of the person of a hold. The reveal is recorded first.
func (c *call) revealHold() (answer, error) {
	document, err := c.console.deps.Rights.RevealDocument(c.ctx(), c.member(), staff.Purpose(c.form("purpose")), c.pathID())
	if err != nil {
		return nil, err
	}
	data, err := c.holdsPage()
	data.Revealed, data.Document = c.pathID(), document
	return page{name: "holds", data: data}, err
}

func (c *call) liftHold() (answer, error) {
	if err := c.console.deps.Holds.Lift(c.ctx(), c.member(), c.pathID()); err != nil {
		return nil, err
	}
	return redirect("/holds?done=lifted"), nil
}

// erasuresData is the data of the page.
type erasuresData struct {
	All      bool // completed erasures are listed, too
	Erasures []rights.ErasureStatus
}

func (c *call) erasures() (answer, error) {
	all := c.query("all") != ""
	found, err := c.console.deps.Rights.Erasures(c.ctx(), all)
	return page{name: "erasures", data: erasuresData{all, found}}, err
}
