package console

import (
	"errors"

	"renzheng/appointment"
)

// called has the numbers that are called at an office.
type called struct {
	Numbers map[string]appointment.Number // by the visits in which they are served
	Number  *appointment.Number           // that the member has called and not ended, whose person a visit that begins serves; nil = none
}

func (c *call) calls() (called, error) {
	if c.console.deps.Appointments == nil {
		return called{}, nil
	}
	found, err := c.console.deps.Appointments.Calls(c.ctx(), c.member())
	if err != nil {
		return called{}, err
	}
	d := called{Numbers: map[string]appointment.Number{}}
	for i, n := range found {
		if n.VisitID != "" {
			d.Numbers[n.VisitID] = n
		}
		if n.CalledBy == c.member().ID && d.Number == nil {
			d.Number = &found[i]
		}
	}
	return d, nil
}

// numberOf returns the number whose person is served in a visit, or nil.
func (c *call) numberOf(visitID string) (*appointment.Number, error) {
	if c.console.deps.Appointments == nil {
		return nil, nil
	}
	n, err := c.console.deps.Appointments.NumberOfVisit(c.ctx(), c.member(), visitID)
	switch {
	case errors.Is(err, appointment.ErrNotFound):
		return nil, nil
	case err != nil:
		return nil, err
	}
	return &n, nil
}

// CallNext is the data of the form that calls the next number.
func (v *view) CallNext(desk string) any {
	return struct {
		View *view
		Desk string
	}{v, desk}
}
