package console

import (
	"net/http"

	"renzheng/staff"
)

func (c *Console) healthRoutes() []route {
	if c.deps.Counts == nil || c.deps.Providers == nil || c.deps.Backlogs == nil || c.deps.Registries == nil || c.deps.Switches == nil {
		return nil
	}
	operator := []staff.Role{staff.Operator}
	routes := []route{
		{id: "providers", method: http.MethodGet, path: "/providers", roles: operator, nav: true, act: (*call).providers},
		{id: "registries", method: http.MethodGet, path: "/registries", roles: operator, nav: true, act: (*call).registries},
		{id: "problems", method: http.MethodGet, path: "/problems", roles: operator, nav: true, act: (*call).problems},
	}
	if c.deps.Quotas != nil && c.deps.QuotaRules != nil {
		routes = append(routes, route{id: "quotas", method: http.MethodGet, path: "/quotas", roles: operator, nav: true, act: (*call).quotas})
	}
	return routes
}
