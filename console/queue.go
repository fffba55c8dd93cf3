package console

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
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
	desk := strings.ToUpper(cmp.Or(c.form("desk"), c.query("desk")))
	if letters := []rune(desk); len(letters) > appointment.MaxDesk {
		desk = string(letters[:appointment.MaxDesk])
	}
	return page{name: "queue", status: status, data: queueData{
		Hall: hall, Serves: c.member().Has(staff.Clerk), Desk: desk, Problem: problem, Code: code,
		Poster: c.console.deps.Door != nil, Screen: "/display/" + url.PathEscape(c.member().Office),
	}}, nil
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

func (c *call) callNext() (answer, error) {
	desk := strings.ToUpper(c.form("desk"))
	n, err := c.console.deps.Appointments.CallNext(c.ctx(), c.member(), c.created, desk)
	return c.calledAt(n, desk, err)
}

// calledAt returns the page of a called number, which remembers the desk for the next call, or what is wrong with the call.
func (c *call) calledAt(n appointment.Number, desk string, err error) (answer, error) {
	if busy, ok := errors.AsType[*appointment.BusyError](err); ok {
		return c.queuePage(http.StatusConflict, "queue.busy", busy.Number.Label())
	}
	switch {
	case errors.Is(err, appointment.ErrDesk):
		return c.queuePage(http.StatusUnprocessableEntity, "queue.desk_wrong", "")
	case errors.Is(err, appointment.ErrNobody):
		return c.queuePage(http.StatusOK, "queue.nobody", "")
	case err != nil:
		return nil, err
	}
	return redirect(numbersPath + n.ID + "?done=called&desk=" + url.QueryEscape(desk)), nil
}

func (c *call) callAgain() (answer, error) {
	desk := strings.ToUpper(c.form("desk"))
	n, err := c.console.deps.Appointments.CallAgain(c.ctx(), c.member(), c.pathID(), c.created, desk)
	return c.calledAt(n, desk, err)
}

func (c *call) endNumber() (answer, error) {
	to := appointment.QueueState(c.form("outcome"))
	if !slices.Contains([]appointment.QueueState{appointment.Served, appointment.Absent}, to) {
		return nil, errNotFound
	}
	n, err := c.console.deps.Appointments.End(c.ctx(), c.member(), c.pathID(), c.form("call"), to)
	if err != nil {
		return nil, err
	}
	return redirect(queuePath + "?done=number_" + string(n.State) + "&desk=" + url.QueryEscape(c.form("desk"))), nil
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
	d := numberData{Position: p, Serves: c.member().Has(staff.Clerk), Desk: p.Desk}
	if p.Slip != "" {
		d.SlipCode = c.console.deps.SlipCode(p.Slip)
	}
	return page{name: "queue_number", data: d}, nil
}

func (c *call) poster() (answer, error) {
	if c.console.deps.Door == nil {
		return nil, errNotFound
	}
	return page{name: "poster", data: struct{ Link string }{c.console.deps.Door.Link(c.member().Office)}}, nil
}

func (c *call) posterPicture() (answer, error) {
	if c.console.deps.Door == nil {
		return nil, errNotFound
	}
	picture, err := c.console.deps.Door.Picture(c.member().Office)
	if err != nil {
		return nil, err
	}
	return doorPicture(picture), nil
}

// doorPicture is the answer with a QR code: PNG.
type doorPicture []byte

func (p doorPicture) write(c *call) error {
	c.gin.Data(http.StatusOK, "image/png", p)
	return nil
}

// displayData is the data of a screen in the hall.
type displayData struct {
	appointment.Hall

	ID string
}

// refreshSeconds is how often a screen reads the queue again, without a script.
const refreshSeconds = "10"

// display needs no session, because a screen has nobody who signs in, and shows what is called out in the hall anyway: numbers
// and desks.
func (c *call) display() (answer, error) {
	hall, err := c.console.deps.Appointments.Display(c.ctx(), c.pathID())
	if err != nil {
		return nil, err
	}
	c.gin.Header("Refresh", refreshSeconds)
	return page{name: "display", data: displayData{Hall: hall, ID: c.pathID()}}, nil
}
