package bff

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
)

// sessionCookie is the cookie with the session's token. See [loginCookie] for the
// prefix.
const sessionCookie = "__Host-session"

// hostCookie returns a cookie that scripts cannot read. seconds 0 = until the browser
// is closed, below 0 = delete it.
func hostCookie(name, value string, seconds int) http.Cookie {
	return http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: seconds, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	}
}

// webSession finds the sessions of browsers.
type webSession struct {
	address    string // see Web.Address
	protection *http.CrossOriginProtection
}

func newWebSession(address string) (webSession, error) {
	s := webSession{address: address, protection: http.NewCrossOriginProtection()}
	if address == "" {
		return s, nil
	}
	parsed, err := url.Parse(address)
	if err != nil || parsed.Scheme+"://"+parsed.Host != address {
		return s, errors.New("the web's address must be an origin, as https://check.example.cn")
	}
	if err = s.protection.AddTrustedOrigin(address); err != nil {
		return s, fmt.Errorf("trusting the web's address: %w", err)
	}
	return s, nil
}

var errNoOrigin = errors.New("a change by cookie without an origin")

// token returns the session token of a browser, or "". The browser sends the cookie
// with every request, whichever page made it. A change is therefore accepted only
// from a page of this server.
func (s webSession) token(r *http.Request) (string, error) {
	if s.address == "" {
		return "", nil
	}
	cookie, err := r.Cookie(sessionCookie)
	if err != nil || cookie.Value == "" {
		return "", nil //nolint:nilerr // a missing cookie is not an error
	}
	if !s.namesOrigin(r) {
		return "", errNoOrigin
	}
	if err := s.protection.Check(r); err != nil {
		return "", fmt.Errorf("checking the origin: %w", err)
	}
	return cookie.Value, nil
}

// isOurs reports whether a request that changes something comes from a page of this server.
func (s webSession) isOurs(r *http.Request) bool {
	return s.address != "" && s.namesOrigin(r) && s.protection.Check(r) == nil
}

// namesOrigin reports whether a request that changes something has one of the
// headers that every browser sends with it. The library accepts a request without
// them, and one of our host over http.
func (s webSession) namesOrigin(r *http.Request) bool {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return true
	}
	return r.Header.Get("Sec-Fetch-Site") != "" || r.Header.Get("Origin") == s.address
}
