package console

import (
	"net/http"

	"renzheng/staff"
)

func (c *Console) officerRoutes() []route {
	if c.deps.Rights == nil || c.deps.Holds == nil {
		return nil
	}
	officer := []staff.Role{staff.Officer}
	return []route{
		{id: "corrections", method: http.MethodGet, path: "/corrections", roles: officer, nav: true, act: (*call).corrections},
		{id: "correction", method: http.MethodGet, path: "/corrections/:id", roles: officer, act: (*call).correction},
		{id: "reveal_correction", method: http.MethodPost, path: "/corrections/:id/reveal", roles: officer, act: (*call).revealCorrection},
		{id: "settle_correction", method: http.MethodPost, path: "/corrections/:id/settle", roles: officer, act: (*call).settleCorrection},
		{id: "withholdings", method: http.MethodGet, path: "/withholdings", roles: officer, nav: true, act: (*call).withholdings},
		{id: "withhold", method: http.MethodPost, path: "/withholdings", roles: officer, creates: "whd_", act: (*call).withhold},
		{id: "holds", method: http.MethodGet, path: "/holds", roles: officer, nav: true, act: (*call).holds},
		{id: "place_hold", method: http.MethodPost, path: "/holds", roles: officer, creates: "hld_", act: (*call).placeHold},
		{id: "reveal_hold", method: http.MethodPost, path: "/holds/:id/reveal", roles: officer, act: (*call).revealHold},
		{id: "lift_hold", method: http.MethodPost, path: "/holds/:id/lift", roles: officer, act: (*call).liftHold},
		{id: "erasures", method: http.MethodGet, path: "/erasures", roles: officer, nav: true, act: (*call).erasures},
	}
}
