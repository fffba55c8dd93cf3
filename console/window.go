package console

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"renzheng/ledger"
	"renzheng/staff"
	catalogue "renzheng/verification/failure"
	"renzheng/window"
)

const visitsPath = "/window/visits/"

func (c *Console) windowRoutes() []route {
	if c.deps.Window == nil {
		return nil
	}
	windowRoles := []staff.Role{staff.Clerk, staff.Supervisor}
	clerk, supervisor := windowRoles[:1], windowRoles[1:]
	escalations := "/escalations/:id"
	return []route{
		{id: "escalations", method: http.MethodGet, path: "/escalations", roles: windowRoles, office: true, nav: true, act: (*call).escalations},
		{id: "escalate", method: http.MethodPost, path: visitsPath + ":id/escalations", roles: clerk, office: true, creates: "esc_", act: (*call).escalate},
		{id: "read_escalation", method: http.MethodPost, path: escalations + "/words", roles: clerk, office: true, act: (*call).readEscalation},
		{id: "settle_escalation", method: http.MethodPost, path: escalations + "/answer", roles: clerk, office: true, act: (*call).settleEscalation},
		{id: "window", method: http.MethodGet, path: "/window", roles: windowRoles, office: true, nav: true, act: (*call).visits},
		{id: "find", method: http.MethodGet, path: "/window/find", roles: clerk, office: true, act: (*call).find},
		{id: "open_visit", method: http.MethodPost, path: "/window/visits", roles: clerk, office: true, creates: "vis_", act: (*call).openVisit},
		{id: "visit", method: http.MethodGet, path: visitsPath + ":id", roles: windowRoles, office: true, act: (*call).visit},
		{id: "identify", method: http.MethodPost, path: visitsPath + ":id/document", roles: clerk, office: true, body: maxPictures, upload: true, act: (*call).identify},
		{id: "evidence", method: http.MethodPost, path: visitsPath + ":id/evidence", roles: supervisor, office: true, act: (*call).evidence},
		{id: "dispute", method: http.MethodPost, path: visitsPath + ":id/dispute", roles: supervisor, office: true, act: (*call).dispute},
		{id: "visit_photo", method: http.MethodGet, path: visitsPath + ":id/photos/:side", roles: supervisor, office: true, act: (*call).visitPhoto},
		{id: "decide_visit", method: http.MethodPost, path: visitsPath + ":id/decision", roles: supervisor, office: true, act: (*call).decideVisit},
		{id: "tried", method: http.MethodPost, path: visitsPath + ":id/tried", roles: windowRoles, office: true, act: (*call).tried},
		{id: "read_todos", method: http.MethodPost, path: visitsPath + ":id/todos", roles: clerk, office: true, act: (*call).readTodos},
		{id: "answer_todo", method: http.MethodPost, path: visitsPath + ":id/answer", roles: clerk, office: true, body: maxPictures, upload: true, act: (*call).answerTodo},
		{id: "pad", method: http.MethodPost, path: visitsPath + ":id/pad", roles: clerk, office: true, act: (*call).pad},
		{id: "paper", method: http.MethodPost, path: visitsPath + ":id/paper", roles: clerk, office: true, act: (*call).paper},
		{id: "slip", method: http.MethodGet, path: visitsPath + ":id/slip", roles: windowRoles, office: true, act: (*call).slip},
		{id: "end_visit", method: http.MethodPost, path: visitsPath + ":id/end", roles: clerk, office: true, act: (*call).endVisit},
	}
}

// visitsData is the data of the list of visits.
type visitsData struct {
	called

	Visits   []window.Visit
	Serves   bool              // whether the member may begin one
	Problem  string            // key of why nothing was found; "" = nothing was looked up
	Searched map[string]string // what was looked up
}

func (c *call) visits() (answer, error) { return c.visitsPage(http.StatusOK, "") }

func (c *call) visitsPage(status int, problem string) (answer, error) {
	going, err := c.console.deps.Window.ListVisits(c.ctx(), c.member())
	if err != nil {
		return nil, err
	}
	numbers, err := c.calls()
	if err != nil {
		return nil, err
	}
	searched := map[string]string{"registry": c.query("registry"), c.query("by"): c.query("code")}
	return page{name: "window", status: status, data: visitsData{numbers, going, c.member().Has(staff.Clerk), problem, searched}}, nil
}

// foundData is what was found, and how a visit begins from it.
type foundData struct {
	window.Found
	called

	By         window.FoundBy
	ID         string
	RegistryID string
	CaseID     string
	Code       string
}

// NothingAsked reports whether a case was found in which everybody has answered.
func (d foundData) NothingAsked() bool {
	return d.By == window.ByCase && !slices.ContainsFunc(d.Signers, func(s window.Signer) bool { return isAnswerable(s.State) })
}

// find shows what a code or the number of a case leads to. If it leads to nothing, the page has the form again.
func (c *call) find() (answer, error) {
	if c.isLinked() { // otherwise a link on any page would use up the tries of the member, and of the office
		return c.visitsPage(http.StatusOK, "problem.linked")
	}
	d := foundData{By: window.FoundBy(c.query("by")), Code: strings.TrimSpace(c.query("code"))}
	err := c.look(&d)
	switch {
	case errors.Is(err, window.ErrNotFound):
		return c.visitsPage(http.StatusNotFound, "problem.not_found."+string(d.By))
	case err != nil:
		return nil, err
	}
	d.called, err = c.calls()
	return page{name: "found", data: d}, err
}

// look looks up what was typed.
func (c *call) look(d *foundData) error {
	service, m := c.console.deps.Window, c.member()
	var err error
	switch d.By {
	case window.BySlip:
		prefix, ok := c.console.deps.SlipPrefix(d.Code)
		if !ok {
			return window.ErrNotFound
		}
		d.Found, err = service.FindSlip(c.ctx(), m, prefix)
	case window.ByTicket:
		d.Found, err = service.FindTicket(c.ctx(), m, strings.ToUpper(d.Code))
		if err == nil {
			d.ID = d.Ticket.ID
		}
	case window.ByCase:
		d.RegistryID, d.CaseID = strings.TrimSpace(c.query("registry")), d.Code
		d.Found, err = service.FindCase(c.ctx(), m, d.RegistryID, d.CaseID)
	case window.ByDocument: // which is typed in the visit
		err = errNotFound
	default:
		err = errNotFound
	}
	return err
}

func (c *call) openVisit() (answer, error) {
	by := window.FoundBy(c.form("by"))
	o := window.Opening{ID: c.created, FoundBy: by, RegistryID: c.form("registry"), CaseID: c.form("case"), NumberID: c.form("number")}
	if o.NumberID != "" && !isOurID(o.NumberID) {
		return nil, errNotFound
	}
	switch by {
	case window.BySlip:
		prefix, ok := c.console.deps.SlipPrefix(c.form("code"))
		if !ok {
			return nil, errNotFound
		}
		o.FoundID = prefix
	case window.ByTicket:
		if o.FoundID = c.form("id"); !isOurID(o.FoundID) {
			return nil, errNotFound
		}
	case window.ByCase, window.ByDocument:
	default:
		return nil, errNotFound
	}
	if _, err := c.console.deps.Window.Open(c.ctx(), c.member(), o); !isCreated(err) {
		return nil, err
	}
	return redirect(visitsPath + o.ID), nil
}

// isOurID reports whether a hidden field has an id, as a page of this console had put it there.
func isOurID(text string) bool {
	return len(text) > 4 && len(text) <= 36 && strings.Trim(text, "abcdefghijklmnopqrstuvwxyz_0123456789") == ""
}

func (c *call) endVisit() (answer, error) {
	id := c.pathID()
	if _, err := c.console.deps.Window.End(c.ctx(), c.member(), id, c.form("outcome")); err != nil {
		return nil, err
	}
	return visitAddress(id, "visit_ended"), nil
}

// Failure returns the words of the catalogue for a code.
func (v *view) Failure(code string) string {
	entry := catalogue.Lookup(catalogue.Code(code))
	return entry.Prompt.For(v.call.language)
}

// Tried is the data of the tables of what was tried and what is left.
func (v *view) Tried(found window.Found) any {
	return struct {
		View *view
		window.Found
	}{v, found}
}

// Seen is the data of what was seen of the document of a visit.
func (v *view) Seen(visit window.Visit, evidence *window.Evidence) any {
	return struct {
		View     *view
		Visit    window.Visit
		Evidence *window.Evidence
	}{v, visit, evidence}
}

// VisitPath returns the page of the visit that an entry of the ledger is about, or "" if the member may not see it.
func (v *view) VisitPath(e ledger.Entry) string {
	m := v.call.member()
	if v.call.console.deps.Window == nil || e.Office != m.Office || !m.HasAny(staff.Clerk, staff.Supervisor) || !strings.HasPrefix(e.Reference, "vis_") {
		return ""
	}
	return visitsPath + url.PathEscape(e.Reference)
}

// TryState returns the name of the state of a verification or an attempt.
func (v *view) TryState(state string) string { return v.textOr("try."+state, state) }

// Business returns the name of a kind of business; the registry's own words stay.
func (v *view) Business(kind string) string { return v.textOr("business."+kind, kind) }

// Kind returns the name of a kind of entries.
func (v *view) Kind(kind ledger.Kind) string { return v.textOr("kind."+string(kind), string(kind)) }

func (v *view) textOr(key, otherwise string) string {
	if v.Has(key) {
		return v.T(key)
	}
	return otherwise
}

// WindowReason returns the text of a reason of the policy.
func (v *view) WindowReason(code string) string {
	r, ok := v.call.console.deps.Window.Policy.Reason(code)
	if !ok {
		return code
	}
	return r.Text.For(v.call.language)
}

// visitAddress returns the page of a visit with a notice.
func visitAddress(id, done string) redirect {
	return redirect(visitsPath + url.PathEscape(id) + "?done=" + done)
}
