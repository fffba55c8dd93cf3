package console

import (
	"context"
	"fmt"
	"io"
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
	session  staff.Session // zero without one
	token    string        // of the session; secret
	created  string        // id of what the form creates; "" if the route creates nothing
	cause    error         // of a failure, for the access line
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

// uploaded returns the file of a field of the form, or nothing if none was chosen. The form was read by the guard.
func (c *call) uploaded(name string) ([]byte, error) {
	if c.request().MultipartForm == nil || len(c.request().MultipartForm.File[name]) == 0 {
		return nil, nil
	}
	file, err := c.request().MultipartForm.File[name][0].Open()
	if err != nil {
		return nil, fmt.Errorf("opening an uploaded file: %w", err)
	}
	defer func() { _ = file.Close() }()
	content, err := io.ReadAll(file)
	if err != nil {
		return nil, fmt.Errorf("reading an uploaded file: %w", err)
	}
	return content, nil
}

func (c *call) request() *http.Request { return c.gin.Request }

// text returns a text in the language of the call.
func (c *call) text(key string, args ...any) string {
	return c.console.pages.texts.get(c.language, key, args...)
}
