package console

import (
	"errors"
	"net/http"
	"strconv"

	"renzheng/todo"
)

// readTodos shows what is to be read out. That is recorded before it is decrypted.
func (c *call) readTodos() (answer, error) { return c.todosPage("", http.StatusOK) }

func (c *call) todosPage(problem string, code int) (answer, error) {
	service, id := c.console.deps.Window, c.pathID()
	asked, err := service.Todos(c.ctx(), c.member(), id)
	if err != nil {
		return nil, err
	}
	d, err := c.readVisit(id)
	if err != nil {
		return nil, err
	}
	d.Problem, d.Read = problem, true
	for _, a := range asked {
		d.Todos = append(d.Todos, askedData{VisitTodo: a, Open: isAnswerable(a.State), Unable: d.Visit.Unable, Declines: declines()})
	}
	return page{name: "visit", status: code, data: d}, nil
}

func (c *call) answerTodo() (answer, error) {
	revision, err := strconv.ParseInt(c.form("revision"), 10, 64)
	if err != nil {
		return nil, errNotFound
	}
	r := todo.WindowRequest{
		VisitID: c.pathID(), TodoID: c.form("todo"), Revision: revision, ContentDigest: c.form("digest"),
		Decision: todo.Decision(c.form("decision")), Manner: todo.Manner(c.form("manner")), Paper: c.form("paper"), Strokes: c.form("strokes"),
		Scan: c.uploads("scan"),
	}
	if r.Decision == todo.DecisionDeclined {
		r.Reason = todo.DeclineReason(c.form("why"))
	}
	_, err = c.console.deps.Todos.AnswerAtWindow(c.ctx(), c.member(), r)
	if err == nil {
		return visitAddress(r.VisitID, "todo_answered"), nil
	}
	if problem, code := answerProblem(err); problem != "" {
		return c.todosPage(problem, code)
	}
	return nil, err
}

// answerProblem returns the key of the text for an answer that was not taken, or "" for an error that the page cannot explain.
func answerProblem(err error) (string, int) {
	var rejected *todo.RejectedError
	switch {
	case errors.Is(err, todo.ErrPaper):
		return "problem.paper", http.StatusUnprocessableEntity
	case errors.Is(err, todo.ErrScan):
		return "problem.scan", http.StatusUnprocessableEntity
	case pictureProblem(err) != "":
		return pictureProblem(err), http.StatusUnprocessableEntity
	case errors.Is(err, todo.ErrManner):
		return "problem.manner", http.StatusUnprocessableEntity
	case errors.Is(err, todo.ErrFrozenAtWindow):
		return "problem.frozen", http.StatusConflict
	case errors.As(err, &rejected):
		return "problem." + rejected.Code, http.StatusConflict
	case errors.Is(err, todo.ErrNotFound): // a revision took its place, or the visit is over, which the page reports
		return "problem.revision_stale", http.StatusConflict
	}
	return "", 0
}
