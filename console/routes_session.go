package console

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"renzheng/staff"
)

// Paths that are registered at the identity provider, see docs/console.md.
const (
	callbackPath  = "/sign-in/callback"
	signedOutPath = "/signed-out"
	logoutPath    = "/backchannel-logout"
)

func (c *Console) sessionRoutes() []route {
	return []route{
		{id: "home", method: http.MethodGet, path: "/", nav: true, act: (*call).home},
		{id: "style", method: http.MethodGet, path: "/style.css", open: true, act: (*call).style},
		{id: "pad_script", method: http.MethodGet, path: "/pad.js", open: true, act: (*call).padScript},
		{id: "health", method: http.MethodGet, path: "/healthz", open: true, act: func(*call) (answer, error) { return status(http.StatusOK), nil }},
		{id: "language", method: http.MethodPost, path: "/language", open: true, act: (*call).chooseLanguage},
		{id: "sign_in", method: http.MethodGet, path: "/sign-in", open: true, act: (*call).signIn},
		{id: "begin_sign_in", method: http.MethodGet, path: "/sign-in/begin", open: true, act: (*call).beginSignIn},
		{id: "complete_sign_in", method: http.MethodGet, path: callbackPath, open: true, act: (*call).completeSignIn},
		{id: "sign_out", method: http.MethodPost, path: "/sign-out", act: (*call).signOut},
		{id: "signed_out", method: http.MethodGet, path: signedOutPath, open: true, act: (*call).signedOut},
		{id: "back_channel_logout", method: http.MethodPost, path: logoutPath, open: true, raw: true, act: (*call).backChannelLogout},
	}
}

func (c *call) home() (answer, error) {
	waiting, err := c.approvals()
	return page{name: "home", data: homeData{c.session, waiting}}, err
}

// homeData is the data of the first page.
type homeData struct {
	Session   staff.Session
	Approvals *approvalsData // nil if the member approves nothing
}

func (c *call) style() (answer, error) { return asset{"text/css; charset=utf-8", style}, nil }

func (c *call) chooseLanguage() (answer, error) {
	if language := c.form("language"); isLanguage(language) {
		c.setCookie(languageCookie, language, languageSeconds)
	}
	return redirect(localPath(c.form("next"))), nil
}

func (c *call) signIn() (answer, error) {
	next := localPath(c.query("next"))
	if c.session.ID != "" {
		return redirect(next), nil
	}
	return page{name: "sign_in", data: struct{ Begin string }{withNext("/sign-in/begin", next)}}, nil
}

func (c *call) beginSignIn() (answer, error) {
	begun, address, err := c.console.deps.Staff.Begin(c.ctx())
	if err != nil {
		c.console.metrics.signedIn(err)
		return nil, err
	}
	if err = c.keepBegun(begun, localPath(c.query("next"))); err != nil {
		return nil, err
	}
	return redirect(address), nil
}

// errNoCookie reports that the browser did not send back what a sign-in began with. It wraps [staff.ErrRejected].
var errNoCookie = fmt.Errorf("the browser sent no cookie of a sign-in: %w", staff.ErrRejected)

// completeSignIn opens a session for the browser that began the sign-in, and for no other. Otherwise an attacker could sign a member in
// to the attacker's account.
func (c *call) completeSignIn() (answer, error) {
	begun, next := c.takeBegun()
	if begun.State == "" {
		c.console.metrics.signedIn(errNoCookie)
		return nil, errNoCookie
	}
	opened, err := c.console.deps.Staff.Complete(c.ctx(), begun, c.query("state"), c.query("code"))
	c.console.metrics.signedIn(err)
	if err != nil {
		return nil, err
	}
	if c.session.ID != "" { // no browser has the cookie of the earlier session any more
		if _, err = c.console.deps.Staff.Close(c.ctx(), c.session); err != nil {
			return nil, err
		}
	}
	c.session = opened.Session
	c.setCookie(sessionCookie, opened.Token, 0)
	return redirect(localPath(next)), nil
}

func (c *call) signOut() (answer, error) {
	provider, err := c.console.deps.Staff.Close(c.ctx(), c.session)
	if err != nil {
		return nil, err
	}
	c.setCookie(sessionCookie, "", -1)
	c.session, c.token = staff.Session{}, ""
	return page{name: "signed_out", data: struct{ Provider string }{provider}}, nil
}

func (c *call) signedOut() (answer, error) {
	return page{name: "signed_out", data: struct{ Provider string }{}}, nil
}

// backChannelLogout ends the sessions that a logout token of the identity provider names. It answers with a status: 400 for an invalid
// token, 503 for another failure, so that the provider tries again.
func (c *call) backChannelLogout() (answer, error) {
	_, c.cause = c.console.deps.Staff.Logout(c.ctx(), c.request().PostFormValue("logout_token"))
	switch {
	case c.cause == nil:
		return status(http.StatusOK), nil
	case errors.Is(c.cause, staff.ErrLogoutToken):
		return status(http.StatusBadRequest), nil
	}
	return status(http.StatusServiceUnavailable), nil
}

// localPath returns address if it is a path of this console, and "/" otherwise, so that a link cannot redirect to another site. White
// space and backslashes are rejected, because browsers drop the one and read the other as a slash.
func localPath(address string) string {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Scheme != "" || parsed.Host != "" || !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") ||
		strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r == 0x7f || r == '\\' }) {
		return "/"
	}
	return address
}

// withNext adds the page to which the sign-in leads as the parameter next.
func withNext(address, next string) string {
	if next == "/" {
		return address
	}
	return address + "?next=" + url.QueryEscape(next)
}
