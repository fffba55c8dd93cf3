package console

import (
	"time"

	"renzheng/identity"
	"renzheng/staff"
	"renzheng/window"
)

// visitData is the data of the page of a visit.
type visitData struct {
	Visit        window.Visit
	window.Found // what was tried, if it was asked for

	Reasons   []window.Reason
	Types     []identity.DocumentType
	Relations []string
	Outcomes  []string

	Serves   bool // the member is a clerk
	Approves bool // the member is a supervisor who may decide this visit
	Same     bool // the member verified it
	Disputes bool // the member is a supervisor who may look at what was seen, because it is disputed
	Evidence *window.Evidence
	Todos    []askedData
	Problem  string              // key of what is wrong with the form
	Until    time.Time           // when the next document may be typed, if too many did not match
	MayTry   bool                // what was tried may be shown
	Looked   bool                // it is shown
	Typed    map[string]string   // what was typed, without the second number
	Ready    bool                // the content may be read out
	Read     bool                // the content was read
	Cases    []window.PersonCase // of the person whose document was typed, of which one is to be chosen
	Nothing  bool                // the person has nothing to answer, and the clerk may go on nevertheless
	Kinds    []window.EscalationKind
	Record   visitRecord
	Returns  []string      // codes of why a document is returned
	Sides    []window.Side // of the documents, of which the clerk may take a photo; nil = no photos
}

// askedData is a todo with its form.
type askedData struct {
	window.VisitTodo

	Open     bool
	Unable   bool
	Declines []string
}

// readVisit reads a visit of the member's office and what was done in it.
func (c *call) readVisit(id string) (visitData, error) {
	v, err := c.console.deps.Window.Visit(c.ctx(), c.member(), id)
	if err != nil {
		return visitData{}, err
	}
	d := c.visitData(v)
	d.Record, err = c.visitRecord(v)
	return d, err
}

func (c *call) visitData(v window.Visit) visitData {
	m := c.member()
	d := visitData{
		Visit: v, Reasons: c.console.deps.Window.Policy.Reasons, Types: identity.DocumentTypes(), Relations: window.Relations(), Outcomes: window.Outcomes(),
		Serves: m.Has(staff.Clerk), Same: v.VerifiedBy == m.ID || v.OpenedBy == m.ID, Typed: map[string]string{},
		Ready: m.Has(staff.Clerk) && v.State == window.Verified,
	}
	if c.console.deps.Window.Cleaner != nil {
		d.Sides = window.Sides()
	}
	d.Approves = m.Has(staff.Supervisor) && v.State == window.Waiting && !d.Same
	d.Disputes = m.Has(staff.Supervisor) && v.SubjectID != "" && (v.State == window.Verified || v.State == window.Ended)
	if d.Approves {
		d.Returns = window.ReturnReasons()
	}
	if d.Serves && c.mayEscalate(v) {
		d.Kinds = window.EscalationKinds()
	}
	d.Typed["registry"], d.Typed["case"] = v.RegistryID, v.CaseID
	d.MayTry = v.State != window.Ended && (v.SubjectID != "" || v.FoundBy == window.BySlip)
	return d
}

// mayEscalate reports whether the member's office may ask the provincial centre about a visit.
func (c *call) mayEscalate(v window.Visit) bool {
	centre := c.console.deps.Window.Centre
	return v.SubjectID != "" && v.State != window.Ended && centre != "" && centre != c.member().Office
}

// tried shows what was tried and why it failed. That is recorded before it is read.
func (c *call) tried() (answer, error) {
	service, id := c.console.deps.Window, c.pathID()
	d, err := c.readVisit(id)
	if err != nil {
		return nil, err
	}
	if d.Found, err = service.AttemptsOf(c.ctx(), c.member(), id); err != nil {
		return nil, err
	}
	d.MayTry, d.Looked = false, true
	d.Typed["reason"] = proposed(service.Policy, d.Traces)
	return page{name: "visit", data: d}, nil
}

// proposed returns the reason that fits the last failure of what was tried.
func proposed(p window.Policy, traces []window.Trace) string {
	reason, last := "", time.Time{}
	for _, t := range traces {
		for _, a := range t.Attempts {
			if a.Failure != "" && a.StartedAt.After(last) {
				reason, last = p.After(a.Failure), a.StartedAt
			}
		}
	}
	return reason
}

func (c *call) visit() (answer, error) {
	d, err := c.readVisit(c.pathID())
	if err != nil {
		return nil, err
	}
	return page{name: "visit", data: d}, nil
}
