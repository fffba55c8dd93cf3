package console

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"renzheng/appointment"
	"renzheng/staff"
)

const (
	queuePath   = "/queue"
	numbersPath = "/queue/numbers/"
)

func (c *Console) queueRoutes() []route {
	if c.deps.Appointments == nil {
		return nil
	}
	windowRoles := []staff.Role{staff.Clerk, staff.Supervisor}
	clerk := windowRoles[:1]
	return []route{
		{id: "queue", method: http.MethodGet, path: queuePath, roles: windowRoles, office: true, nav: true, act: (*call).queue},
		{id: "check_in", method: http.MethodPost, path: "/queue/check-ins", roles: clerk, office: true, act: (*call).checkIn},
		{id: "walk_in", method: http.MethodPost, path: "/queue/walk-ins", roles: clerk, office: true, creates: "que_", act: (*call).walkIn},
		{id: "call_next", method: http.MethodPost, path: "/queue/calls", roles: clerk, office: true, creates: "cal_", act: (*call).callNext},
		{id: "queue_number", method: http.MethodGet, path: numbersPath + ":id", roles: windowRoles, office: true, act: (*call).queueNumber},
		{id: "call_again", method: http.MethodPost, path: numbersPath + ":id/call", roles: clerk, office: true, creates: "cal_", act: (*call).callAgain},
		{id: "end_number", method: http.MethodPost, path: numbersPath + ":id/end", roles: clerk, office: true, act: (*call).endNumber},
		{id: "poster", method: http.MethodGet, path: "/queue/poster", roles: windowRoles, office: true, act: (*call).poster},
		{id: "poster_picture", method: http.MethodGet, path: "/queue/poster.png", roles: windowRoles, office: true, act: (*call).posterPicture},
		{id: "display", method: http.MethodGet, path: "/display/:id", open: true, act: (*call).display},
	}
}

// queueData is the data of the page of an office's queue.
type queueData struct {
	appointment.Hall

	Serves  bool // whether the member may call
	Desk    string
	Problem string // key of a text; "" = none
	Code    string // that was scanned or typed
	Poster  bool
	Screen  string // address of the display
}

func (c *call) queue() (answer, error) { return c.queuePage(http.StatusOK, "", "") }

func (c *call) queuePage(status int, problem, code string) (answer, error) {
	hall, err := c.console.deps.Appointments.Today(c.ctx(), c.member())
	if err != nil {
		return nil, err
	}
	return page{name: "queue", status: status, data: queueData{
		Hall: hall, Serves: c.member().Has(staff.Clerk), Desk: c.desk(), Problem: problem, Code: code,
		Poster: c.console.deps.Door != nil, Screen: "/display/" + url.PathEscape(c.member().Office),
	}}, nil
}

// desk returns the desk of the form or the address, otherwise the one that this browser called to last.
func (c *call) desk() string {
	desk := cmp.Or(c.form("desk"), c.query("desk"))
	if cookie, err := c.request().Cookie(deskCookie); desk == "" && err == nil {
		desk = cookie.Value
	}
	letters := []rune(strings.ToUpper(desk))
	return string(letters[:min(len(letters), appointment.MaxDesk)])
}

// checkIn takes what a scanner types, or a person. What is wrong with it is shown above the field, so that the next scan works.
func (c *call) checkIn() (answer, error) {
	n, err := c.console.deps.Appointments.CheckIn(c.ctx(), c.member(), c.form("code"))
	for known, problem := range map[error]string{
		appointment.ErrNotFound: "queue.code_unknown", appointment.ErrNotToday: "queue.not_today", appointment.ErrLate: "queue.late", appointment.ErrState: "queue.cancelled",
	} {
		if errors.Is(err, known) {
			return c.queuePage(http.StatusUnprocessableEntity, problem, c.form("code"))
		}
	}
	if err != nil {
		return nil, err
	}
	if n.State != appointment.Waiting {
		return redirect(numbersPath + n.ID), nil // it came before; its page says how far it is
	}
	return redirect(numbersPath + n.ID + "?done=checked_in"), nil
}

func (c *call) walkIn() (answer, error) {
	prefix := ""
	if slip := c.form("slip"); slip != "" {
		var ok bool
		if prefix, ok = c.console.deps.SlipPrefix(slip); !ok {
			return c.queuePage(http.StatusUnprocessableEntity, "queue.slip_unknown", "")
		}
	}
	if _, err := c.console.deps.Appointments.WalkIn(c.ctx(), c.member(), c.created, prefix); !isCreated(err) {
		return nil, err
	}
	return redirect(numbersPath + c.created + "?done=number_taken"), nil
}

// numberData is the data of the page of one number: to be printed, or to serve its person.
type numberData struct {
	appointment.Position

	Serves   bool
	Desk     string
	SlipCode string // for which it was taken; "" = none
}

func (c *call) queueNumber() (answer, error) {
	p, err := c.console.deps.Appointments.Number(c.ctx(), c.member(), c.pathID())
	if err != nil {
		return nil, err
	}
	d := numberData{Position: p, Serves: c.member().Has(staff.Clerk), Desk: c.desk()}
	if p.Slip != "" {
		d.SlipCode = c.console.deps.SlipCode(p.Slip)
	}
	return page{name: "queue_number", data: d}, nil
}
