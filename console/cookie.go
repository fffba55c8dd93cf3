package console

import (
	"encoding/base64"
	"encoding/json"
	"net/http"

	"renzheng/staff"
)

// The cookies. Browsers accept the prefix __Host- only with https, for this host and the path "/".
const (
	sessionCookie  = "__Host-staff"
	signInCookie   = "__Host-staff-sign-in"
	languageCookie = "__Host-staff-language"
	deskCookie     = "__Host-staff-desk"
)

const (
	signInSeconds   = 600 // enough for a sign-in with two factors
	languageSeconds = 365 * 24 * 60 * 60
	deskSeconds     = 30 * 24 * 60 * 60
	maxCookie       = 1024 // bytes of the cookie of a sign-in
)

// setCookie sets a cookie that scripts cannot read, for a number of seconds. 0 keeps it until the browser is closed, and a negative
// number deletes it.
func (c *call) setCookie(name, value string, seconds int) {
	http.SetCookie(c.gin.Writer, &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: seconds, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// begunCookie is the content of the sign-in cookie: a sign-in that this browser began, with the page to which it leads. It is secret.
type begunCookie struct {
	State, Nonce, Verifier, Next string
}

// keepBegun stores a sign-in in the browser that began it.
func (c *call) keepBegun(b staff.Begun, next string) error {
	raw, err := json.Marshal(begunCookie{b.State, b.Nonce, b.Verifier, next})
	if err != nil {
		return err
	}
	c.setCookie(signInCookie, base64.RawURLEncoding.EncodeToString(raw), signInSeconds)
	return nil
}

// takeBegun returns the sign-in that this browser began and the page to which it leads, or zero values. It deletes the cookie, so that
// the sign-in can be completed once.
func (c *call) takeBegun() (staff.Begun, string) {
	cookie, err := c.request().Cookie(signInCookie)
	c.setCookie(signInCookie, "", -1)
	if err != nil || len(cookie.Value) > maxCookie {
		return staff.Begun{}, ""
	}
	var kept begunCookie
	raw, err := base64.RawURLEncoding.DecodeString(cookie.Value)
	if err != nil || json.Unmarshal(raw, &kept) != nil {
		return staff.Begun{}, ""
	}
	return staff.Begun{State: kept.State, Nonce: kept.Nonce, Verifier: kept.Verifier}, kept.Next
}
