package console

import (
	"errors"

	"renzheng/identity"
	"renzheng/rights"
	"renzheng/staff"
)

// correctionsData is the data of the queue.
type correctionsData struct {
	All         bool // also those that are settled
	Corrections []rights.Correction
}

func (c *call) corrections() (answer, error) {
	all := c.query("all") != ""
	found, err := c.console.deps.Rights.CorrectionQueue(c.ctx(), all)
	if err != nil {
		return nil, err
	}
	return page{name: "corrections", data: correctionsData{all, found}}, nil
}

// correctionData is the data of one request.
type correctionData struct {
	Correction rights.Correction
	Revealed   bool               // the words are in Correction
	Document   *identity.Document // that was revealed; nil = none
	Purposes   []staff.Purpose
	Outcomes   []rights.CorrectionOutcome
	Problem    string // key of what is wrong with the form; "" = nothing
	Outcome    string // as typed
	Ground     string // likewise
}

// Words returns what the person wrote.
func (d correctionData) Words() string { return d.Correction.Text.Reveal() }

// Number returns the number of the document.
func (d correctionData) Number() string { return d.Document.Number.Reveal() }

func (c *call) correctionPage(one rights.Correction) correctionData {
	return correctionData{Correction: one, Purposes: staff.Officer.Purposes(), Outcomes: rights.CorrectionOutcomes()}
}

func (c *call) correction() (answer, error) {
	one, err := c.console.deps.Rights.SealedCorrection(c.ctx(), c.pathID())
	if err != nil {
		return nil, err
	}
	return page{name: "correction", data: c.correctionPage(one)}, nil
}

// revealCorrection shows the words or the document, after the reveal is stored. A reload of the page is another reveal.
func (c *call) revealCorrection() (answer, error) {
	purpose := staff.Purpose(c.form("purpose"))
	if c.form("shown") == string(rights.ShownDocument) {
		document, err := c.console.deps.Rights.RevealDocument(c.ctx(), c.member(), purpose, c.pathID())
		if err != nil {
			return nil, err
		}
		one, err := c.console.deps.Rights.SealedCorrection(c.ctx(), c.pathID())
		data := c.correctionPage(one)
		data.Document = &document
		return page{name: "correction", data: data}, err
	}
	one, err := c.console.deps.Rights.RevealCorrection(c.ctx(), c.member(), purpose, c.pathID())
	if err != nil {
		return nil, err
	}
	data := c.correctionPage(one)
	data.Revealed = true
	return page{name: "correction", data: data}, nil
}

func (c *call) settleCorrection() (answer, error) {
	outcome, ground := c.form("outcome"), c.form("ground")
	err := c.console.deps.Rights.SettleCorrection(c.ctx(), c.member(), c.pathID(), rights.CorrectionOutcome(outcome), ground)
	if errors.Is(err, rights.ErrOutcome) || errors.Is(err, rights.ErrGround) {
		one, failed := c.console.deps.Rights.SealedCorrection(c.ctx(), c.pathID())
		data := c.correctionPage(one)
		data.Outcome, data.Ground, data.Problem = outcome, ground, "problem.outcome"
		if errors.Is(err, rights.ErrGround) {
			data.Problem = "problem.ground"
		}
		return unprocessable(page{name: "correction", data: data}), failed
	}
	if err != nil {
		return nil, err
	}
	return redirect("/corrections?done=settled"), nil
}
