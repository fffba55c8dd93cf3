package console

import (
	"errors"
	"fmt"
	"slices"

	"renzheng/staff"
)

// route is a row of the table.
type route struct {
	id      string // in the access line and the metrics; also in the key of its text nav.ID
	method  string
	path    string
	roles   []staff.Role // one of which the member needs; nil = any
	office  bool         // the member needs an office, and the handler finds only what belongs to it
	open    bool         // reachable without a session
	nav     bool         // listed in the navigation of members whom it admits
	body    int64        // largest form in bytes; 0 = maxForm
	creates string       // prefix of the id of what the form creates, see chooseID; "" = nothing
	upload  bool         // the form may have files
	raw     bool         // a POST from a program: neither its origin nor a form token is checked
	act     func(c *call) (answer, error)
}

// table returns all routes.
func (c *Console) table() []route {
	return slices.Concat(
		c.sessionRoutes(), c.windowRoutes(), c.ledgerRoutes(), c.auditRoutes(), c.officerRoutes(), c.operationsRoutes(), c.reportRoutes(), c.appealRoutes(), c.barRoutes(),
		c.supportRoutes(), c.healthRoutes(), c.ruleRoutes(), c.queueRoutes(),
	)
}

// admits reports whether the member has a role, and if necessary an office, for the route.
func (r route) admits(m staff.Member) bool {
	return (r.roles == nil || m.HasAny(r.roles...)) && (!r.office || m.Office != "")
}

// check returns everything that is wrong with the table, joined, so that it is found when the program starts.
func (c *Console) check() error {
	var problems []error
	seen := map[string]bool{}
	for _, r := range c.routes {
		if seen[r.id] {
			problems = append(problems, fmt.Errorf("two routes have the id %s", r.id))
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

// Route describes a route for tests, see the fields of route.
type Route struct {
	ID, Method, Path string
	Roles            []staff.Role // nil = any
	Office           bool
	Open             bool
	Raw              bool
	Creates          bool
}

// Routes returns all routes, for tests.
func (c *Console) Routes() []Route {
	all := make([]Route, len(c.routes))
	for i, r := range c.routes {
		all[i] = Route{r.id, r.method, r.path, r.roles, r.office, r.open, r.raw, r.creates != ""}
	}
	return all
}
