package console

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"renzheng/appointment"
)

func (c *call) callNext() (answer, error) {
	desk := strings.ToUpper(c.form("desk"))
	n, err := c.console.deps.Appointments.CallNext(c.ctx(), c.member(), c.created, desk)
	return c.calledAt(n, desk, err)
}

// calledAt returns the page of a called number, or what is wrong with the call. The browser remembers the desk for the next call.
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
	c.setCookie(deskCookie, desk, deskSeconds)
	return redirect(numbersPath + n.ID + "?done=called"), nil
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
	return redirect(queuePath + "?done=number_" + string(n.State)), nil
}
