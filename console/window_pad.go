package console

import (
	"renzheng/todo"
	"renzheng/window"
)

// padData is the data of the page on which a person signs.
type padData struct {
	Visit    window.Visit
	Todo     window.VisitTodo
	Declines []string
}

// pad shows the content of one todo above a pad on which the person signs. That it is shown is recorded, as on the page where it is
// read out. It is the only page with a script.
func (c *call) pad() (answer, error) {
	d, err := c.toSign()
	return page{name: "pad", script: true, data: d}, err
}

// toSign reads a todo of the visit that the person is to sign, which is recorded.
func (c *call) toSign() (padData, error) {
	service, id := c.console.deps.Window, c.pathID()
	asked, err := service.Todos(c.ctx(), c.member(), id)
	if err != nil {
		return padData{}, err
	}
	v, err := service.Visit(c.ctx(), c.member(), id)
	if err != nil {
		return padData{}, err
	}
	for _, t := range asked {
		if t.TodoID == c.form("todo") && isAnswerable(t.State) && !v.Unable {
			return padData{v, t, declines()}, nil
		}
	}
	return padData{}, errNotFound
}

// isAnswerable reports whether a todo in a state can be answered at a window.
func isAnswerable(state string) bool {
	return state == string(todo.Open) || state == string(todo.Expired)
}

// declines returns the reasons for which a person declines.
func declines() []string {
	reasons := make([]string, 0, len(todo.DeclineReasons()))
	for _, reason := range todo.DeclineReasons() {
		reasons = append(reasons, string(reason))
	}
	return reasons
}

func (c *call) padScript() (answer, error) {
	return asset{"text/javascript; charset=utf-8", padScript}, nil
}
