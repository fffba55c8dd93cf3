package console

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"renzheng/bar"
	"renzheng/identity"
	"renzheng/staff"
)

func (c *Console) barRoutes() []route {
	if c.deps.Bars == nil {
		return nil
	}
	reviewer := []staff.Role{staff.Reviewer}
	return []route{
		{id: "bars", method: http.MethodGet, path: "/bars", roles: reviewer, office: true, nav: true, act: (*call).bars},
		{id: "propose_bar", method: http.MethodPost, path: "/bars", roles: reviewer, office: true, creates: "bar_", act: (*call).proposeBar},
		{id: "reveal_bar", method: http.MethodPost, path: "/bars/:id/person", roles: reviewer, office: true, act: (*call).revealBar},
		{id: "approve_bar", method: http.MethodPost, path: "/bars/:id/approval", roles: reviewer, office: true, act: (*call).approveBar},
		{id: "reject_bar", method: http.MethodPost, path: "/bars/:id/rejection", roles: reviewer, office: true, act: (*call).rejectBar},
		{id: "end_bar", method: http.MethodPost, path: "/bars/:id/end", roles: reviewer, office: true, act: (*call).endBar},
	}
}

// barsData is the data of the page.
type barsData struct {
	Bars    []shownBar
	Reasons []bar.Reason
	Types   []identity.DocumentType
	Typed   map[string]string // without the number and the name
	Problem string            // key of what is wrong with the form; "" = nothing
}

// shownBar is a bar with what this member may do with it.
type shownBar struct {
	bar.Bar

	Lapsed, MayApprove, MayReject, MayEnd bool
}

// barData is the data of the page that shows the person of a bar.
type barData struct {
	shownBar

	Document identity.Document
}

func (c *call) barsPage(problem string) (page, error) {
	found, err := c.console.deps.Bars.List(c.ctx(), c.member())
	data := barsData{Reasons: bar.Reasons(), Types: identity.DocumentTypes(), Problem: problem, Typed: map[string]string{}}
	for _, name := range []string{"type", "reason", "reference", "days"} {
		data.Typed[name] = c.form(name)
	}
	for _, b := range found {
		data.Bars = append(data.Bars, c.shownBar(b))
	}
	return page{name: "bars", data: data}, err
}

func (c *call) shownBar(b bar.Bar) shownBar {
	now := c.console.deps.Clock()
	return shownBar{
		Bar: b, Lapsed: b.Lapsed(now), MayApprove: b.IsDecidable(now) && b.ProposedBy != c.member().ID,
		MayReject: b.State == bar.Proposed, MayEnd: b.State == bar.InForce && !b.Lapsed(now),
	}
}

// revealBar shows the person of a bar. The reveal is recorded before the document is decrypted.
func (c *call) revealBar() (answer, error) {
	b, d, err := c.console.deps.Bars.Reveal(c.ctx(), c.member(), c.pathID())
	return page{name: "bar", data: barData{c.shownBar(b), d}}, err
}

// bars lists the bars without the persons.
func (c *call) bars() (answer, error) { return c.barsPage("") }

func (c *call) proposeBar() (answer, error) {
	d, err := identity.ParseDocument(identity.DocumentType(c.form("type")), c.form("number"), c.form("name"))
	if err == nil {
		again, parseErr := identity.ParseNumber(d.Type, c.form("again"))
		if parseErr != nil {
			again = identity.Number{} // differs from every number
		}
		days, _ := strconv.Atoi(c.form("days")) // 0, which Propose rejects, if it is not a number
		until := c.console.deps.Clock().Add(time.Duration(min(max(days, 0), int(bar.Longest/dayLength)+1)) * dayLength)
		_, err = c.console.deps.Bars.Propose(c.ctx(), bar.Proposal{
			ID:   c.created,
			Term: bar.Term{Reason: bar.Code(c.form("reason")), Until: until}, Member: c.member(), Document: d, Again: again, Reference: c.form("reference"),
		})
	}
	if isCreated(err) {
		return redirect("/bars?done=bar_proposed"), nil
	}
	problem := barProblem(err)
	if problem == "" {
		return nil, err
	}
	p, err := c.barsPage(problem)
	return unprocessable(p), err
}

const dayLength = 24 * time.Hour

// barProblem returns the key of the text for an error that the member can correct in the form, or "" for any other.
func barProblem(err error) string {
	if field, ok := errors.AsType[identity.FieldError](err); ok {
		return "problem.field_" + field.Field
	}
	switch {
	case errors.Is(err, bar.ErrDiffers):
		return "problem.typed_differently"
	case errors.Is(err, bar.ErrReason):
		return "problem.bar_reason"
	case errors.Is(err, bar.ErrTerm):
		return "problem.bar_days"
	case errors.Is(err, bar.ErrReference):
		return "problem.bar_reference"
	}
	return ""
}

func (c *call) approveBar() (answer, error) {
	return redirect("/bars?done=bar_placed"), c.console.deps.Bars.Approve(c.ctx(), c.member(), c.pathID())
}

func (c *call) rejectBar() (answer, error) {
	return redirect("/bars?done=bar_rejected"), c.console.deps.Bars.Reject(c.ctx(), c.member(), c.pathID())
}

func (c *call) endBar() (answer, error) {
	return redirect("/bars?done=bar_ended"), c.console.deps.Bars.End(c.ctx(), c.member(), c.pathID())
}

// BarReason returns the text of the reason of a bar.
func (v *view) BarReason(code bar.Code) string {
	r, _ := bar.Lookup(code)
	return r.Text.For(v.call.language)
}
