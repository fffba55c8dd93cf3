package console

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"renzheng/staff"
)

// call is one request.
type call struct {
	console  *Console
	route    route
	gin      *gin.Context
	id       string // of the request
	language string
	started  time.Time
	session  staff.Session       // zero without one
	token    string              // of the session; secret
	created  string              // id of what the form creates; "" if the route creates nothing
	files    map[string][][]byte // of the form, by field, without empty ones
	cause    error               // of a failure, for the access line
	release  func()              // of what the call holds; nil = nothing
}

func (c *call) ctx() context.Context { return c.gin.Request.Context() }

// member returns the member who is signed in; zero without a session.
func (c *call) member() staff.Member { return c.session.Member }

// pathID returns the part :id of the path.
func (c *call) pathID() string { return c.gin.Param("id") }

// query returns a parameter of the address.
func (c *call) query(name string) string { return c.gin.Query(name) }

// form returns a field of the form without surrounding white space, lines ended as in Unix. The form was read by the guard.
func (c *call) form(name string) string {
	return strings.TrimSpace(strings.ReplaceAll(c.gin.Request.PostFormValue(name), "\r\n", "\n"))
}

func (c *call) request() *http.Request { return c.gin.Request }

// text returns a text in the language of the call.
func (c *call) text(key string, args ...any) string {
	return c.console.pages.texts.get(c.language, key, args...)
}
