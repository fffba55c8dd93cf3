package console

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"renzheng/rights"
	"renzheng/staff"
)

func (c *Console) auditRoutes() []route {
	if c.deps.Rights == nil {
		return nil
	}
	return []route{
		{id: "reveals", method: http.MethodGet, path: "/reveals", roles: []staff.Role{staff.Auditor, staff.Officer}, nav: true, act: (*call).reveals},
	}
}

// revealsData is the data of the page.
type revealsData struct {
	Reveals []rights.StaffAccess
	Older   string // address of the next page; "" on the last one
}

// reveals lists which members were shown what, without the persons.
func (c *call) reveals() (answer, error) {
	found, err := c.console.deps.Rights.StaffAccesses(c.ctx(), rights.AccessPosition{At: unixMilli(c.query("before")), ID: c.query("id")})
	if err != nil {
		return nil, err
	}
	data := revealsData{Reveals: found}
	if len(found) == rights.AccessPage {
		last := found[len(found)-1]
		data.Older = "/reveals?before=" + strconv.FormatInt(last.At.UnixMilli(), 10) + "&id=" + url.QueryEscape(last.ID)
	}
	return page{name: "reveals", data: data}, nil
}

// unixMilli parses a time in Unix milliseconds. It returns the zero time for anything else.
func unixMilli(text string) time.Time {
	ms, err := strconv.ParseInt(text, 10, 64)
	if err != nil || ms <= 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}
