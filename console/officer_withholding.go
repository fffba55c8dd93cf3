package console

import (
	"errors"
	"strconv"

	"renzheng/rights"
)

// withholdingsData is the data of the page.
type withholdingsData struct {
	Withholdings []rights.Withholding
	Problem      string // key of what is wrong with the form; "" = nothing
	Typed        rights.Withholding
	Days         string // as typed
}

func (c *call) withholdings() (answer, error) {
	found, err := c.console.deps.Rights.Withholdings(c.ctx())
	return page{name: "withholdings", data: withholdingsData{Withholdings: found}}, err
}

func (c *call) withhold() (answer, error) {
	withholding := rights.Withholding{FormID: c.created, RegistryID: c.form("registry"), CaseID: c.form("case"), SignerID: c.form("signer"), Ground: c.form("ground")}
	days, _ := strconv.Atoi(c.form("days")) // 0, which Withhold rejects, if it is not a number
	_, err := c.console.deps.Rights.Withhold(c.ctx(), c.member(), withholding, days)
	var problem string
	switch {
	case isCreated(err):
		return redirect("/withholdings?done=withheld"), nil
	case errors.Is(err, rights.ErrDays):
		problem = "problem.days"
	case errors.Is(err, rights.ErrGround):
		problem = "problem.ground"
	case errors.Is(err, rights.ErrNotFound):
		problem = "problem.no_answer"
	case errors.Is(err, rights.ErrWithheld):
		problem = "error.withheld.body"
	default:
		return nil, err
	}
	found, err := c.console.deps.Rights.Withholdings(c.ctx())
	data := withholdingsData{Withholdings: found, Problem: problem, Typed: withholding, Days: c.form("days")}
	return unprocessable(page{name: "withholdings", data: data}), err
}
