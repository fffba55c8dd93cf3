package bff

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"renzheng/identity"
	"renzheng/session"
)

// Cookies of the web channel. The prefix makes browsers hold them to this host,
// to https, and to all paths.
const (
	sessionCookie = "__Host-session"
	loginCookie   = "__Host-login"

	loginSeconds = 600 // to sign in to the channel, with a password if need be
	stateBytes   = 32

	callbackPath = "/v1/web/callback"
	maxAuthCode  = 256
)

// Where a sign-in ends: at the client, which says what happened.
const (
	webHome        = "/"
	webFailed      = "/?login=failed"
	webUnavailable = "/?login=unavailable"
)

type redirectOutput struct {
	Status    int
	Location  string        `header:"Location"`
	SetCookie []http.Cookie `header:"Set-Cookie"`
}

func redirect(to string, cookies ...http.Cookie) *redirectOutput {
	return &redirectOutput{Status: http.StatusSeeOther, Location: to, SetCookie: cookies}
}

// webLogin sends the browser to the channel's page, with a state that only this
// browser can bring back.
func (a *API) webLogin(context.Context, *struct{}) (*redirectOutput, error) {
	if a.deps.Web.Address == "" {
		return nil, session.ErrChannelOff
	}
	var raw [stateBytes]byte
	if _, err := io.ReadFull(a.deps.Rand, raw[:]); err != nil {
		return nil, fmt.Errorf("drawing a state: %w", err)
	}
	state := base64.RawURLEncoding.EncodeToString(raw[:])
	page := *a.deps.Web.Authorize
	query := page.Query()
	query.Set("redirect_uri", a.deps.Web.Address+callbackPath)
	query.Set("state", state)
	page.RawQuery = query.Encode()
	return redirect(page.String(), hostCookie(loginCookie, state, loginSeconds)), nil
}

type webCallbackInput struct {
	AuthCode secret `query:"auth_code" doc:"The channel's authorization code. Absent where the person declined."`
	State    string `query:"state" doc:"As the sign-in began with."`
	Login    string `cookie:"__Host-login" doc:"Set by the begin of the sign-in."`
}

// webCallback opens a session for the browser that began the sign-in, and for
// no other: else somebody could sign a victim in to their own account.
func (a *API) webCallback(ctx context.Context, in *webCallbackInput) (*redirectOutput, error) {
	if a.deps.Web.Address == "" {
		return nil, session.ErrChannelOff
	}
	over, code := hostCookie(loginCookie, "", -1), string(in.AuthCode)
	if in.State == "" || subtle.ConstantTimeCompare([]byte(in.State), []byte(in.Login)) != 1 || code == "" || len(code) > maxAuthCode {
		return redirect(webFailed, over), nil
	}
	opened, err := a.deps.Sessions.Open(ctx, session.OpenRequest{
		Channel: identity.Web, Code: code, Client: session.Client{Platform: "web"},
	})
	switch {
	case errors.Is(err, session.ErrCodeInvalid), errors.Is(err, session.ErrAccountBarred):
		return redirect(webFailed, over), nil
	case errors.Is(err, session.ErrUnavailable):
		return redirect(webUnavailable, over), nil
	case err != nil:
		return nil, err
	}
	callOf(ctx).session = opened.Session
	return redirect(webHome, over, hostCookie(sessionCookie, opened.Token, 0)), nil
}

// hostCookie gives a cookie that no script reads. seconds 0 = until the browser
// is closed, below 0 = delete it.
func hostCookie(name, value string, seconds int) http.Cookie {
	return http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: seconds, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	}
}

// webToken gives the session token of a browser, "" where there is none. A
// cookie comes with every request to us, whoever made the browser send it, so a
// change is believed from our own pages only.
func (a *API) webToken(r *http.Request) (string, error) {
	if a.deps.Web.Address == "" {
		return "", nil
	}
	cookie, err := r.Cookie(sessionCookie)
	if err != nil || cookie.Value == "" {
		return "", nil //nolint:nilerr // no cookie is no error
	}
	if !a.saysWherefrom(r) {
		return "", errNoOrigin
	}
	return cookie.Value, a.sameOrigin.Check(r)
}

var errNoOrigin = errors.New("a change by cookie that does not say which page made it")

// saysWherefrom demands of a change what every browser says of one. The library
// takes a request that says nothing for no browser's, and one of our host over
// http for ours.
func (a *API) saysWherefrom(r *http.Request) bool {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return true
	}
	return r.Header.Get("Sec-Fetch-Site") != "" || r.Header.Get("Origin") == a.deps.Web.Address
}

// sameOriginOnly is what changes by cookie are held against.
func sameOriginOnly(w Web) (*http.CrossOriginProtection, error) {
	protection := http.NewCrossOriginProtection()
	if w.Address == "" {
		return protection, nil
	}
	address, err := url.Parse(w.Address)
	if err != nil || address.Scheme+"://"+address.Host != w.Address {
		return nil, errors.New("the web's address must be an origin, as https://check.example.cn")
	}
	return protection, protection.AddTrustedOrigin(w.Address)
}
