package console

import (
	"errors"

	"renzheng/identity"
	"renzheng/rights"
	"renzheng/staff"
)

// correctionsData is the data of the queue.
type correctionsData struct {
	All         bool // settled requests are listed, too
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
	Revealed   bool               // Correction contains the person's words
	Document   *identity.Document // if it was revealed
	Purposes   []staff.Purpose
	Outcomes   []rights.CorrectionOutcome
	Problem    string // key of what is wrong with the form; "" = nothing
	Outcome    string // as typed
	Ground     string // likewise
}

// Words returns what the person wrote.
func (d correctionData) Words() string { return d.Correction.Text.Reveal() }

// Number returns the number of the revealed document.
func (d correctionData) Number() string { return d.Document.Number.Reveal() }

func (c *call) correctionPage(r rights.Correction) correctionData {
	return correctionData{Correction: r, Purposes: staff.Officer.Purposes(), Outcomes: rights.CorrectionOutcomes()}
}

func (c *call) correction() (answer, error) {
	request, err := c.console.deps.Rights.SealedCorrection(c.ctx(), c.pathID())
	if err != nil {
		return nil, err
	}
	return page{name: "correction", data: c.correctionPage(request)}, nil
}

// revealCorrection shows the person's words or document. The reveal is recorded first; reloading the page records another one.
func (c *call) revealCorrection() (answer, error) {
	purpose := staff.Purpose(c.form("purpose"))
	if c.form("shown") == string(rights.ShownDocument) {
		document, err := c.console.deps.Rights.RevealDocument(c.ctx(), c.member(), purpose, c.pathID())
		if err != nil {
			return nil, err
		}
		request, err := c.console.deps.Rights.SealedCorrection(c.ctx(), c.pathID())
		data := c.correctionPage(request)
		data.Document = &document
		return page{name: "correction", data: data}, err
	}
	request, err := c.console.deps.Rights.RevealCorrection(c.ctx(), c.member(), purpose, c.pathID())
	if err != nil {
		return nil, err
	}
	data := c.correctionPage(request)
	data.Revealed = true
	return page{name: "correction", data: data}, nil
}

func (c *call) settleCorrection() (answer, error) {
	outcome, ground := c.form("outcome"), c.form("ground")
	err := c.console.deps.Rights.SettleCorrection(c.ctx(), c.member(), c.pathID(), rights.CorrectionOutcome(outcome), ground)
	if errors.Is(err, rights.ErrOutcome) || errors.Is(err, rights.ErrGround) {
		request, readErr := c.console.deps.Rights.SealedCorrection(c.ctx(), c.pathID())
		data := c.correctionPage(request)
		data.Outcome, data.Ground, data.Problem = outcome, ground, "problem.outcome"
		if errors.Is(err, rights.ErrGround) {
			data.Problem = "problem.ground"
		}
		return unprocessable(page{name: "correction", data: data}), readErr
	}
	if err != nil {
		return nil, err
	}
	return redirect("/corrections?done=settled"), nil
}
