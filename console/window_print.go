package console

import "time"

// paperData is the data of the page that is printed for the person to read and sign.
type paperData struct {
	padData

	Now time.Time
}

// paper shows the content of one todo to be printed. That it is shown is recorded, as on the page where it is read out.
func (c *call) paper() (answer, error) {
	d, err := c.toSign()
	return page{name: "paper", data: paperData{d, c.console.deps.Clock()}}, err
}

// slip shows what was answered in a visit, to be printed for the person: ids of receipts and numbers of entries, and nothing of the content.
func (c *call) slip() (answer, error) {
	d, err := c.readVisit(c.pathID())
	if err != nil {
		return nil, err
	}
	if len(d.Record.Answers) == 0 {
		return nil, errNotFound
	}
	return page{name: "slip", data: d}, nil
}
