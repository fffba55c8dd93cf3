package bff

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"renzheng/identity"
	"renzheng/session"
	"renzheng/verification/failure"
)

const (
	// loginCookie is the cookie with the state of a sign-in. With the prefix, browsers
	// restrict it to this host and to https.
	loginCookie = "__Host-login"

	loginSeconds = 600 // enough to sign in to the channel with a password
	stateBytes   = 32

	callbackPath = "/v1/web/callback"
	maxAuthCode  = 256
)

// Addresses of the client after a sign-in.
const (
	webHome        = "/"
	webFailed      = "/?login=failed"
	webUnavailable = "/?login=unavailable"
	webRefused     = "/?login=" // with the code of the failure
)

// closedApps is what applications add to the User-Agent of their built-in browser that do not open the channel's page: WeChat and QQ.
func closedApps() []string { return []string{"MicroMessenger/", " QQ/"} }

// refusedSignIn returns the failure of a browser in which nobody can sign in, or "". The code of an invitation may be
// scanned with any application (D-18).
func refusedSignIn(userAgent string) failure.Code {
	if slices.ContainsFunc(closedApps(), func(app string) bool { return strings.Contains(userAgent, app) }) {
		return failure.ClientUnknown
	}
	return ""
}

type webLoginInput struct {
	UserAgent string `header:"User-Agent" doc:"Tells built-in browsers of applications that do not open the channel's page."`
}

type redirectOutput struct {
	Status    int
	Location  string        `header:"Location"`
	SetCookie []http.Cookie `header:"Set-Cookie"`
}

func redirect(to string, cookies ...http.Cookie) *redirectOutput {
	return &redirectOutput{Status: http.StatusSeeOther, Location: to, SetCookie: cookies}
}

// webLogin redirects the browser to the channel's page, with a state that only this
// browser can return.
func (h *handlers) webLogin(_ context.Context, in *webLoginInput) (*redirectOutput, error) {
	if h.web.Address == "" {
		return nil, session.ErrChannelOff
	}
	if code := refusedSignIn(in.UserAgent); code != "" {
		return redirect(webRefused + string(code)), nil
	}
	var raw [stateBytes]byte
	if _, err := io.ReadFull(h.rand, raw[:]); err != nil {
		return nil, fmt.Errorf("generating a state: %w", err)
	}
	state := base64.RawURLEncoding.EncodeToString(raw[:])
	page := *h.web.Authorize
	query := page.Query()
	query.Set("redirect_uri", h.web.Address+callbackPath)
	query.Set("state", state)
	page.RawQuery = query.Encode()
	return redirect(page.String(), hostCookie(loginCookie, state, loginSeconds)), nil
}

type webCallbackInput struct {
	AuthCode secret `query:"auth_code" doc:"The channel's authorization code. Absent if the person declined."`
	State    string `query:"state" doc:"The state with which the sign-in started."`
	Login    string `cookie:"__Host-login" doc:"Set when the sign-in started."`
}

// webCallback opens a session only for the browser that started the sign-in.
// Otherwise an attacker could sign a victim in to the attacker's account.
func (h *handlers) webCallback(ctx context.Context, in *webCallbackInput) (*redirectOutput, error) {
	if h.web.Address == "" {
		return nil, session.ErrChannelOff
	}
	over, code := hostCookie(loginCookie, "", -1), in.AuthCode.Reveal()
	if in.State == "" || subtle.ConstantTimeCompare([]byte(in.State), []byte(in.Login)) != 1 || code == "" || len(code) > maxAuthCode {
		return redirect(webFailed, over), nil
	}
	opened, err := h.sessions.Open(ctx, session.OpenRequest{
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
