package console

import (
	"errors"
	"fmt"
	"io"
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
		{id: "ask_appeal", method: http.MethodPost, path: "/appeals/:id/question", roles: reviewer, act: (*call).askAppeal},
		{id: "propose_appeal", method: http.MethodPost, path: "/appeals/:id/proposal", roles: reviewer, act: (*call).proposeAppeal},
		{id: "approve_appeal", method: http.MethodPost, path: "/appeals/:id/approval", roles: reviewer, act: (*call).approveAppeal},
		{id: "send_back_appeal", method: http.MethodPost, path: "/appeals/:id/return", roles: reviewer, act: (*call).sendBackAppeal},
	}
}

// queuedAppeal is a row of the queue.
type queuedAppeal struct {
	appeal.Appeal

	Days    int  // since it was submitted
	Overdue bool // its deadline is past
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

	Revealed bool // everything personal is in the appeal
	Outcomes []appeal.Outcome
	Problem  string // key of what is wrong with a form; "" = nothing
	Typed    appealForm
}

// appealForm is what a member typed.
type appealForm struct{ Outcome, Reason, Ground, Question string }

// CanPropose reports whether the appeal waits for a proposal.
func (d appealData) CanPropose() bool {
	return d.State == appeal.Submitted || d.State == appeal.Question
}

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

// revealAppeal shows everything, after that is recorded. A reload of the page is another reveal.
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
	err := c.console.deps.Appeals.Ask(c.ctx(), c.member(), appeal.Inquiry{AppealID: c.pathID(), Turn: c.turn(), Text: identity.NewSecret(question)})
	return c.afterStep(err, "asked", appealForm{Question: question})
}

func (c *call) proposeAppeal() (answer, error) {
	typed := appealForm{Outcome: c.form("outcome"), Reason: c.form("reason"), Ground: c.form("ground")}
	d := appeal.Decision{Outcome: appeal.Outcome(typed.Outcome), Reason: identity.NewSecret(typed.Reason), Ground: identity.NewSecret(typed.Ground)}
	return c.afterStep(c.console.deps.Appeals.Propose(c.ctx(), c.member(), appeal.Proposal{Decision: d, AppealID: c.pathID(), Turn: c.turn()}), "proposed", typed)
}

func (c *call) approveAppeal() (answer, error) {
	return c.afterStep(c.console.deps.Appeals.Approve(c.ctx(), c.member(), c.pathID(), c.turn()), "approved", appealForm{})
}

func (c *call) sendBackAppeal() (answer, error) {
	return c.afterStep(c.console.deps.Appeals.SendBack(c.ctx(), c.member(), c.pathID(), c.turn()), "sent_back", appealForm{})
}

// turn returns the state of the appeal that the member has seen; -1, which none has, if it is no number.
func (c *call) turn() int64 {
	turn, err := strconv.ParseInt(c.form("turn"), 10, 64)
	if err != nil {
		return -1
	}
	return turn
}

// afterStep leads to the queue, or back to the form with what is wrong and what was typed.
func (c *call) afterStep(err error, done string, typed appealForm) (answer, error) {
	var broken identity.FieldError
	var problem string
	switch {
	case err == nil:
		return redirect("/appeals?done=" + done), nil
	case errors.As(err, &broken):
		problem = "problem.words"
	case errors.Is(err, appeal.ErrOutcome):
		problem = "problem.outcome"
	default:
		return nil, err
	}
	a, failed := c.console.deps.Appeals.Sealed(c.ctx(), c.member(), c.pathID())
	a.Turn = c.turn() // the member has seen nothing later
	data := c.appealPage(a)
	data.Problem, data.Typed = problem, typed
	return unprocessable(page{name: "appeal", data: data}), failed
}

func (c *call) material() (answer, error) {
	content, m, err := c.console.deps.Appeals.Show(c.ctx(), c.member(), c.pathID(), c.gin.Param("material"))
	if err != nil {
		return nil, err
	}
	return media{content, m.Info.MediaType, m.Bytes}, nil
}

// media is a picture or a video. A browser shows it in a sandbox, runs nothing of it, and keeps no copy.
type media struct {
	content io.Reader
	kind    string
	size    int64
}

func (m media) write(c *call) error {
	h := c.gin.Writer.Header()
	h.Set("Content-Type", m.kind)
	h.Set("Content-Length", strconv.FormatInt(m.size, 10))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Disposition", "inline")
	if _, err := io.Copy(c.gin.Writer, m.content); err != nil {
		return fmt.Errorf("sending material: %w", err)
	}
	return nil
}
