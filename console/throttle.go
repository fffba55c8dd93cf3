package console

import (
	"errors"
	"net/http"
	"strconv"
	"time"
)

// Throttle limits requests. Each method counts one request and returns how long its client must wait, or 0 if it need not. Safe for
// concurrent use.
type Throttle interface {
	Address(r *http.Request) time.Duration
	Session(id string) time.Duration
}

// errTooMany reports that the client must wait.
var errTooMany = errors.New("too many requests")

// throttleAddress counts a request of the client's address. Errors: errTooMany. Health checks are not limited, because a busy process
// is not a dead one.
func (c *call) throttleAddress() error {
	if c.console.deps.Throttle == nil || c.route.id == "health" {
		return nil
	}
	return c.rejectFor(c.console.deps.Throttle.Address(c.request()))
}

// throttleSession counts a request of the session. Errors: errTooMany.
func (c *call) throttleSession() error {
	if c.console.deps.Throttle == nil || c.session.ID == "" {
		return nil
	}
	return c.rejectFor(c.console.deps.Throttle.Session(c.session.ID))
}

// rejectFor returns errTooMany if the client must wait.
func (c *call) rejectFor(wait time.Duration) error {
	if wait <= 0 {
		return nil
	}
	c.retryAfter(wait)
	return errTooMany
}

// retryAfter sets the header Retry-After, in whole seconds and at least one.
func (c *call) retryAfter(wait time.Duration) {
	c.gin.Header("Retry-After", strconv.Itoa(max(1, int((wait+time.Second-1)/time.Second))))
}
