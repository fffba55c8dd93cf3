package console

import (
	"errors"
	"fmt"
	"slices"

	"renzheng/staff"
)

// route is a row of the table.
type route struct {
	id      string // also the key of its title in the texts
	method  string
	path    string
	roles   []staff.Role // one of which the member needs; nil = any
	office  bool         // the member needs an office, and the handler passes it on: another office's resource does not exist
	open    bool         // without a session
	nav     bool         // is in the navigation of members with the roles
	body    int64        // bytes of a form; 0 = maxForm
	creates string       // how the ids begin of what the form creates once, see FormID; "" = nothing
	upload  bool         // the form may have a file
	raw     bool         // a POST that no page of this console makes: no form's token is expected
	act     func(c *call) (answer, error)
}

// table returns all routes.
func (c *Console) table() []route {
	return slices.Concat(
		c.sessionRoutes(), c.windowRoutes(), c.ledgerRoutes(), c.auditRoutes(), c.officerRoutes(), c.operationsRoutes(), c.reportRoutes(), c.appealRoutes(), c.barRoutes(),
		c.supportRoutes(), c.healthRoutes(), c.ruleRoutes(), c.queueRoutes(),
	)
}

// admits reports whether the member's roles allow a route.
func (r route) admits(m staff.Member) bool {
	return (r.roles == nil || m.HasAny(r.roles...)) && (!r.office || m.Office != "")
}

// check reports contradictions of the table, which would otherwise show only when somebody calls the route.
func (c *Console) check() error {
	var problems []error
	seen := map[string]bool{}
	for _, r := range c.routes {
		if seen[r.id] {
			problems = append(problems, fmt.Errorf("two routes are called %s", r.id))
		}
		seen[r.id] = true
		if r.open && (r.roles != nil || r.office || r.nav) {
			problems = append(problems, fmt.Errorf("route %s needs no session and has roles", r.id))
		}
		if r.nav && !c.pages.texts.has("nav."+r.id) {
			problems = append(problems, fmt.Errorf("route %s has no text nav.%s", r.id, r.id))
		}
	}
	return errors.Join(problems...)
}

// Route is a row of the table as tests see it.
type Route struct {
	ID, Method, Path string
	Roles            []staff.Role // nil = any
	Office           bool         // another office's resource does not exist
	Open             bool         // without a session
	Raw              bool         // no form
	Creates          bool         // the form creates something, once
}

// Routes returns the table.
func (c *Console) Routes() []Route {
	all := make([]Route, len(c.routes))
	for i, r := range c.routes {
		all[i] = Route{r.id, r.method, r.path, r.roles, r.office, r.open, r.raw, r.creates != ""}
	}
	return all
}
