package console

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"renzheng/staff"
)

// maxForm bounds a form without files.
const maxForm = 64 << 10

// Errors of the guard. Each is shown as failures says; errSignedOut leads to the sign-in.
var (
	errNotFound  = errors.New("no such page")
	errForbidden = errors.New("the roles and office of the member do not allow this")
	errForeign   = errors.New("the form was not made by a page of this session")
	errTooLarge  = errors.New("the form is too large")
	errSignedOut = errors.New("no live session")
)

// guard authenticates a request, checks it against the route, and reads its form. It fills in session and token of the call.
// Errors: those above, errTooMany, those of staff.Service.Authenticate.
func (c *call) guard() error {
	r := c.route
	isForm := r.method == http.MethodPost
	if isForm && !r.raw && !c.isSameOrigin() {
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
	case !isForm:
		return nil
	}
	if err = c.readForm(); err != nil { // after the authentication, so that a stranger cannot send large forms
		return err
	}
	if signedIn && !r.raw && !c.hasFormToken() {
		return errForeign
	}
	return nil
}

// authenticate fills in session and token. Errors: staff.ErrNotFound without a live session, errTooMany.
func (c *call) authenticate() error {
	cookie, err := c.request().Cookie(sessionCookie)
	if err != nil || c.route.raw {
		return staff.ErrNotFound
	}
	if c.session, err = c.console.deps.Staff.Authenticate(c.ctx(), cookie.Value); err != nil {
		return err
	}
	c.token = cookie.Value
	return c.throttleSession()
}

// readForm parses the form, with files only if the route allows them. Errors: errTooLarge, errTooMany, errForeign if it is not a form,
// and that of the context.
func (c *call) readForm() error {
	limit := c.route.body
	if limit == 0 {
		limit = maxForm
	}
	if c.route.upload && !c.hasFiles() { // a form without files takes no slot, so it must stay small; the largest has rules
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
		return errTooLarge
	case c.ctx().Err() != nil:
		return fmt.Errorf("reading a form: %w", c.ctx().Err())
	}
	return errForeign
}

// isSameOrigin reports whether a form was sent by a page of this origin. Every browser sends Sec-Fetch-Site or Origin with a POST.
func (c *call) isSameOrigin() bool {
	h := c.request().Header
	if h.Get("Sec-Fetch-Site") == "" && h.Get("Origin") != c.console.deps.Address {
		return false
	}
	return c.console.protection.Check(c.request()) == nil
}

// isLinked reports whether another site sent the browser to a page: by a link, a redirect, a frame or a picture. Such a request has the cookie of
// the session all the same. A page that records a look or takes a try does neither for it.
func (c *call) isLinked() bool {
	switch c.request().Header.Get("Sec-Fetch-Site") {
	case "same-origin", "none": // none: the member typed the address, or has kept it
		return false
	case "": // an old browser
		return !strings.HasPrefix(c.request().Referer(), c.console.deps.Address+"/")
	}
	return true
}

// formToken returns the token against forged requests that every form of this session contains, or "" without a session. It is a MAC
// under the session's token, so that it need not be stored.
func (c *call) formToken() string {
	if c.token == "" {
		return ""
	}
	mac := hmac.New(sha256.New, []byte(c.token))
	mac.Write([]byte("renzheng console form"))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// hasFormToken reports whether the form contains the token of the session.
func (c *call) hasFormToken() bool {
	return subtle.ConstantTimeCompare([]byte(c.request().PostFormValue("form_token")), []byte(c.formToken())) == 1
}
