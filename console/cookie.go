package console

import (
	"encoding/base64"
	"encoding/json"
	"net/http"

	"renzheng/staff"
)

// The cookies. With the prefix, browsers restrict them to this host and to https.
const (
	sessionCookie  = "__Host-staff"
	signInCookie   = "__Host-staff-sign-in"
	languageCookie = "__Host-staff-language"
)

const (
	signInSeconds   = 600 // enough to sign in with two factors
	languageSeconds = 365 * 24 * 60 * 60
	maxCookie       = 1024
)

// setCookie sets a cookie that scripts cannot read. seconds 0 = until the browser is closed, below 0 = delete it.
func (c *call) setCookie(name, value string, seconds int) {
	http.SetCookie(c.gin.Writer, &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: seconds, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// begunCookie is a sign-in that this browser began, with the page that it wanted.
type begunCookie struct {
	State, Nonce, Verifier, Next string
}

func (c *call) keepBegun(b staff.Begun, next string) error {
	raw, err := json.Marshal(begunCookie{b.State, b.Nonce, b.Verifier, next})
	if err != nil {
		return err
	}
	c.setCookie(signInCookie, base64.RawURLEncoding.EncodeToString(raw), signInSeconds)
	return nil
}

// takeBegun returns the sign-in that this browser began, or zero, and ends it.
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
