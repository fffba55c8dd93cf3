package console

import (
	"net/http"

	"renzheng/appointment"
)

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
