package console

import (
	"errors"
	"net/http"
	"slices"
	"time"

	"renzheng/identity"
	"renzheng/staff"
	"renzheng/window"
)

// visitData is the data of the page of a visit.
type visitData struct {
	Visit     window.Visit
	Traces    []window.Trace
	Reasons   []window.Reason
	Types     []identity.DocumentType
	Relations []string
	Outcomes  []string

	Serves   bool // the member is a clerk
	Approves bool // the member is a supervisor who may decide this visit
	Same     bool // the member verified it
	Evidence *window.Evidence
	Todos    []askedData
	Problem  string            // key of what is wrong with the form
	Until    time.Time         // when the next document may be typed, if too many did not match
	MayTry   bool              // what was tried may be shown
	Typed    map[string]string // what was typed, without the second number
	Ready    bool              // the content may be read out
	Kinds    []window.EscalationKind
	Sides    []window.Side // of the document, of which the clerk may take a photo; nil = no photos
}

// askedData is a todo with its form.
type askedData struct {
	window.VisitTodo

	Open     bool
	Unable   bool
	Declines []string
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
	if service := c.console.deps.Window; d.Serves && v.SubjectID != "" && v.State != window.Ended && service.Centre != "" && service.Centre != m.Office {
		d.Kinds = window.EscalationKinds()
	}
	d.Typed["registry"], d.Typed["case"] = v.RegistryID, v.CaseID
	d.MayTry = v.State != window.Ended && (v.SubjectID != "" || v.FoundBy == window.BySlip)
	return d
}

// tried shows what was tried and why it failed. That is recorded before it is read.
func (c *call) tried() (answer, error) {
	service, id := c.console.deps.Window, c.pathID()
	v, err := service.Visit(c.ctx(), c.member(), id)
	if err != nil {
		return nil, err
	}
	d := c.visitData(v)
	if d.Traces, err = service.Tried(c.ctx(), c.member(), id); err != nil {
		return nil, err
	}
	d.MayTry = false
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
	v, err := c.console.deps.Window.Visit(c.ctx(), c.member(), c.pathID())
	if err != nil {
		return nil, err
	}
	return page{name: "visit", data: c.visitData(v)}, nil
}

// typedFields are the fields that a form with a problem has again. The second number is typed anew.
func typedFields() []string {
	return []string{"registry", "case", "type", "number", "name", "reason", "guardian_type", "guardian_number", "guardian_name", "relation", "unable", "witness"}
}

// identify takes what the clerk typed. What is wrong with it is shown next to the form; nothing was stored then.
func (c *call) identify() (answer, error) {
	service, id := c.console.deps.Window, c.pathID()
	seen, err := c.seen()
	if err == nil {
		_, err = service.Identify(c.ctx(), c.member(), id, seen)
	}
	if err == nil {
		return visitAddress(id, "visit_identified"), nil
	}
	problem, ok := typingProblem(err)
	if !ok {
		return nil, err
	}
	v, failed := service.Visit(c.ctx(), c.member(), id)
	if failed != nil {
		return nil, failed
	}
	d := c.visitData(v)
	d.Problem = problem
	for _, name := range typedFields() {
		d.Typed[name] = c.form(name)
	}
	if limited, ok := errors.AsType[*window.LimitError](err); ok {
		d.Until = limited.Until
		c.retryAfter(limited.Until.Sub(c.console.deps.Clock()))
		return page{name: "visit", status: http.StatusTooManyRequests, data: d}, nil
	}
	return unprocessable(page{name: "visit", data: d}), nil
}

func (c *call) seen() (window.Seen, error) {
	d, err := identity.ParseDocument(identity.DocumentType(c.form("type")), c.form("number"), c.form("name"))
	if err != nil {
		return window.Seen{}, err
	}
	again, err := identity.ParseNumber(d.Type, c.form("again"))
	if err != nil {
		return window.Seen{}, window.ErrTypedDifferently
	}
	seen := window.Seen{
		RegistryID: c.form("registry"), CaseID: c.form("case"), Document: d, Again: again, Reason: c.form("reason"),
		Unable: c.form("unable") == "yes", Witness: identity.NewSecret(c.form("witness")),
	}
	if seen.Photos, err = c.photos(); err != nil {
		return seen, err
	}
	if c.form("guardian_number") == "" {
		return seen, nil
	}
	guardian, err := identity.ParseDocument(identity.DocumentType(c.form("guardian_type")), c.form("guardian_number"), c.form("guardian_name"))
	if err != nil {
		return seen, window.ErrGuardian
	}
	seen.Guardian = &window.Guardian{Document: guardian, Relation: c.form("relation")}
	return seen, nil
}

// typingProblem returns the key of the text for an error that the clerk can correct in the form.
func typingProblem(err error) (string, bool) {
	if field, ok := errors.AsType[identity.FieldError](err); ok {
		return "problem.field_" + field.Field, true
	}
	if problem := pictureProblem(err); problem != "" {
		return problem, true
	}
	if _, limited := errors.AsType[*window.LimitError](err); limited {
		return "problem.misses", true
	}
	for text, known := range map[string]error{
		"problem.typed_differently": window.ErrTypedDifferently, "problem.not_signer": window.ErrNotSigner, "problem.name_differs": window.ErrNameDiffers,
		"problem.reason": window.ErrReason, "problem.guardian": window.ErrGuardian, "problem.too_young": window.ErrTooYoung, "problem.witness": window.ErrWitness, "problem.photo": window.ErrPhoto,
	} {
		if errors.Is(err, known) {
			return text, true
		}
	}
	return "", false
}

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
