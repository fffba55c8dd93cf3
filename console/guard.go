package console

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"

	"renzheng/staff"
)

// maxForm bounds a form without files.
const maxForm = 64 << 10

// Errors of the guard.
var (
	errNotFound  = errors.New("no such page")
	errForbidden = errors.New("no role or office of the member allows this")
	errForeign   = errors.New("a form that no page of this console made")
	errTooLong   = errors.New("a form that is too long")
	errSignedOut = errors.New("no live session")
)

// guard rejects a request, or fills in its session and reads its form.
func (c *call) guard() error {
	r := c.route
	changes := r.method == http.MethodPost
	if changes && !r.raw && !c.fromHere() {
		return errForeign
	}
	err := c.authenticate()
	signedIn := err == nil
	switch {
	case errors.Is(err, staff.ErrNotFound) && !r.open:
		return errSignedOut
	case err != nil && !errors.Is(err, staff.ErrNotFound):
		return err
	case !r.open && !r.admits(c.member()):
		return errForbidden
	case !changes:
		return nil
	}
	if err = c.readForm(); err != nil { // not before it is known who sends it
		return err
	}
	if signedIn && !r.raw && !c.hasToken() {
		return errForeign
	}
	return nil
}

func (c *call) authenticate() error {
	cookie, err := c.request().Cookie(sessionCookie)
	if err != nil || c.route.raw {
		return staff.ErrNotFound
	}
	if c.session, err = c.console.deps.Staff.Authenticate(c.ctx(), cookie.Value); err != nil {
		return err
	}
	c.token = cookie.Value
	return c.admitSession()
}

func (c *call) readForm() error {
	limit := c.route.body
	if limit == 0 {
		limit = maxForm
	}
	if c.route.upload && !c.hasFiles() { // only forms with files wait for one another, and nobody types more than rules
		limit = min(limit, maxRules)
	}
	c.request().Body = http.MaxBytesReader(c.gin.Writer, c.request().Body, limit)
	var err error
	if c.hasFiles() {
		err = c.readFiles(limit)
	} else {
		err = c.request().ParseForm()
	}
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errTooMany):
		return errTooMany
	case errors.As(err, new(*http.MaxBytesError)):
		return errTooLong
	case c.ctx().Err() != nil:
		return fmt.Errorf("reading a form: %w", c.ctx().Err())
	}
	return errForeign
}

// fromHere reports whether a form was sent from this origin. Every browser sends one of the two headers with a POST.
func (c *call) fromHere() bool {
	h := c.request().Header
	if h.Get("Sec-Fetch-Site") == "" && h.Get("Origin") != c.console.deps.Address {
		return false
	}
	return c.console.protection.Check(c.request()) == nil
}

// formToken returns what a form of this session contains. It needs no row, because it is made of the session's token, which
// the browser shows to nobody.
func (c *call) formToken() string {
	if c.token == "" {
		return ""
	}
	mac := hmac.New(sha256.New, []byte(c.token))
	mac.Write([]byte("renzheng console form"))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func (c *call) hasToken() bool {
	return subtle.ConstantTimeCompare([]byte(c.request().PostFormValue("form_token")), []byte(c.formToken())) == 1
}
