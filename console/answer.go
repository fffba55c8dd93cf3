package console

import (
	"net/http"
)

// answer is what a handler returns.
type answer interface{ write(c *call) error }

// page is a template with its data.
type page struct {
	name   string // of the template, without .html
	status int    // 0 = 200
	script bool   // the page has the script of the pad
	data   any
}

func (p page) write(c *call) error {
	status := p.status
	if status == 0 {
		status = http.StatusOK
	}
	if p.script {
		c.gin.Header("Content-Security-Policy", policy+"; script-src 'self'")
	}
	return c.console.pages.write(c, p.name, status, p.data)
}

// redirect sends the browser to another page, as after each form that changed something: a reload repeats nothing.
type redirect string

func (r redirect) write(c *call) error {
	c.gin.Redirect(http.StatusSeeOther, string(r))
	return nil
}

// status is an answer without a page, for programs.
type status int

func (s status) write(c *call) error {
	c.gin.Status(int(s))
	c.gin.Writer.WriteHeaderNow()
	return nil
}
