package console

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"renzheng/appeal"
	"renzheng/identity"
	"renzheng/staff"
)

func (c *Console) appealRoutes() []route {
	if c.deps.Appeals == nil {
		return nil
	}
	reviewer := []staff.Role{staff.Reviewer}
	return []route{
		{id: "appeals", method: http.MethodGet, path: "/appeals", roles: reviewer, nav: true, act: (*call).appeals},
		{id: "appeal", method: http.MethodGet, path: "/appeals/:id", roles: reviewer, act: (*call).appeal},
		{id: "reveal_appeal", method: http.MethodPost, path: "/appeals/:id/reveal", roles: reviewer, act: (*call).revealAppeal},
		{id: "material", method: http.MethodGet, path: "/appeals/:id/materials/:material", roles: reviewer, act: (*call).material},
		{id: "material_file", method: http.MethodGet, path: "/appeals/:id/materials/:material/file", roles: reviewer, act: (*call).materialFile},
		{id: "ask_appeal", method: http.MethodPost, path: "/appeals/:id/question", roles: reviewer, act: (*call).askAppeal},
		{id: "propose_appeal", method: http.MethodPost, path: "/appeals/:id/proposal", roles: reviewer, act: (*call).proposeAppeal},
		{id: "approve_appeal", method: http.MethodPost, path: "/appeals/:id/approval", roles: reviewer, act: (*call).approveAppeal},
		{id: "send_back_appeal", method: http.MethodPost, path: "/appeals/:id/return", roles: reviewer, act: (*call).sendBackAppeal},
	}
}

// queuedAppeal is an appeal as the queue lists it.
type queuedAppeal struct {
	appeal.Appeal

	Days    int  // since it was submitted, rounded down
	Overdue bool // it is undecided after its deadline
}

func (c *call) appeals() (answer, error) {
	found, err := c.console.deps.Appeals.Queue(c.ctx(), c.member())
	if err != nil {
		return nil, err
	}
	rows := make([]queuedAppeal, len(found))
	for i, a := range found {
		rows[i] = c.queued(a)
	}
	return page{name: "appeals", data: rows}, nil
}

func (c *call) queued(a appeal.Appeal) queuedAppeal {
	now := c.console.deps.Clock()
	return queuedAppeal{a, int(now.Sub(a.SubmittedAt) / (24 * time.Hour)), a.State != appeal.Decided && now.After(a.DueAt)}
}

// appealData is the data of one appeal.
type appealData struct {
	queuedAppeal

	Revealed bool // the appeal contains the personal data
	Outcomes []appeal.Outcome
	Problem  string     // key of what is wrong with a form; "" = nothing
	Typed    appealForm // of a form with a problem
}

// appealForm is what a reviewer typed.
type appealForm struct{ Outcome, Reason, Ground, Question, Return string }

// Acts reports whether the page has forms: those who have not read the appeal can do nothing with it.
func (d appealData) Acts() bool { return d.Revealed || d.Problem != "" }

// CanPropose reports whether the appeal waits for a proposal.
func (d appealData) CanPropose() bool {
	return d.Acts() && (d.State == appeal.Submitted || d.State == appeal.Question)
}

// CanAsk reports whether its person can be asked.
func (d appealData) CanAsk() bool { return d.Acts() && d.State == appeal.Submitted }

func (c *call) appealPage(a appeal.Appeal) appealData {
	return appealData{queuedAppeal: c.queued(a), Outcomes: a.Possible()}
}

func (c *call) appeal() (answer, error) {
	a, err := c.console.deps.Appeals.Sealed(c.ctx(), c.member(), c.pathID())
	if err != nil {
		return nil, err
	}
	return page{name: "appeal", data: c.appealPage(a)}, nil
}

// revealAppeal shows the appeal with the personal data. The reveal is recorded first; reloading the page records another one.
func (c *call) revealAppeal() (answer, error) {
	a, err := c.console.deps.Appeals.Read(c.ctx(), c.member(), c.pathID())
	if err != nil {
		return nil, err
	}
	data := c.appealPage(a)
	data.Revealed = true
	return page{name: "appeal", data: data}, nil
}

func (c *call) askAppeal() (answer, error) {
	question := c.form("question")
	err := c.console.deps.Appeals.Ask(c.ctx(), c.member(), appeal.Inquiry{AppealID: c.pathID(), Version: c.version(), Text: identity.NewSecret(question)})
	return c.afterStep(err, "asked", appealForm{Question: question})
}

func (c *call) proposeAppeal() (answer, error) {
	typed := appealForm{Outcome: c.form("outcome"), Reason: c.form("reason"), Ground: c.form("ground")}
	d := appeal.Decision{Outcome: appeal.Outcome(typed.Outcome), Reason: identity.NewSecret(typed.Reason), Ground: identity.NewSecret(typed.Ground)}
	return c.afterStep(c.console.deps.Appeals.Propose(c.ctx(), c.member(), appeal.Proposal{Decision: d, AppealID: c.pathID(), Version: c.version()}), "proposed", typed)
}

func (c *call) approveAppeal() (answer, error) {
	return c.afterStep(c.console.deps.Appeals.Approve(c.ctx(), c.member(), c.pathID(), c.version()), "approved", appealForm{})
}

func (c *call) sendBackAppeal() (answer, error) {
	reason := c.form("return")
	err := c.console.deps.Appeals.SendBack(c.ctx(), c.member(), appeal.Return{AppealID: c.pathID(), Version: c.version(), Reason: identity.NewSecret(reason)})
	return c.afterStep(err, "sent_back", appealForm{Return: reason})
}

// version returns Appeal.Version as of the page that the member saw, or -1, which no appeal has, if the field is malformed.
func (c *call) version() int64 {
	version, err := strconv.ParseInt(c.form("version"), 10, 64)
	if err != nil {
		return -1
	}
	return version
}

// afterStep redirects to the queue if err is nil, and shows the form again if the member can correct the error in it.
func (c *call) afterStep(err error, done string, typed appealForm) (answer, error) {
	var fieldErr identity.FieldError
	var problem string
	switch {
	case err == nil:
		return redirect("/appeals?done=" + done), nil
	case errors.As(err, &fieldErr):
		problem = "problem.words"
	case errors.Is(err, appeal.ErrOutcome):
		problem = "problem.outcome"
	default:
		return nil, err
	}
	a, err := c.console.deps.Appeals.Sealed(c.ctx(), c.member(), c.pathID())
	a.Version = c.version() // not the present one: the member has not seen it
	data := c.appealPage(a)
	data.Problem, data.Typed = problem, typed
	return unprocessable(page{name: "appeal", data: data}), err
}
