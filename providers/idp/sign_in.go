package idp

import (
	"context"
	"crypto/subtle"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"renzheng/providers/kit"
	"renzheng/staff"
)

// Authorize implements [staff.Provider].
func (c *Client) Authorize(ctx context.Context, b staff.Begun) (string, error) {
	m, err := c.find(ctx)
	if err != nil {
		return "", err
	}
	options := []oauth2.AuthCodeOption{oidc.Nonce(b.Nonce), oauth2.S256ChallengeOption(b.Verifier)}
	if c.config.MaxAge > 0 {
		options = append(options, oauth2.SetAuthURLParam("max_age", strconv.Itoa(int(c.config.MaxAge.Seconds()))))
	}
	if len(c.config.ACR) > 0 {
		options = append(options, oauth2.SetAuthURLParam("acr_values", strings.Join(c.config.ACR, " ")))
	}
	return m.oauth.AuthCodeURL(b.State, options...), nil
}

// Exchange implements [staff.Provider].
func (c *Client) Exchange(ctx context.Context, b staff.Begun, code string) (staff.Identity, error) {
	m, err := c.find(ctx)
	if err != nil {
		return staff.Identity{}, err
	}
	ctx = oidc.ClientContext(ctx, c.http)
	tokens, err := m.oauth.Exchange(ctx, code, oauth2.VerifierOption(b.Verifier))
	if err != nil {
		return staff.Identity{}, exchangeError(err)
	}
	raw, ok := tokens.Extra("id_token").(string)
	if !ok {
		return staff.Identity{}, rejected("no_id_token")
	}
	token, err := m.verifier.Verify(ctx, raw)
	if err != nil {
		return staff.Identity{}, tokenError(err, staff.ErrRejected)
	}
	if subtle.ConstantTimeCompare([]byte(token.Nonce), []byte(b.Nonce)) != 1 {
		return staff.Identity{}, rejected("nonce_mismatch")
	}
	return c.identity(token)
}

// exchangeError translates what the token endpoint answered. A code that it rejects is the browser's; any other rejection is
// a setting of ours.
func exchangeError(err error) error {
	var answer *oauth2.RetrieveError
	if !errors.As(err, &answer) {
		return unavailable(callToken, err)
	}
	status := 0
	if answer.Response != nil {
		status = answer.Response.StatusCode
	}
	if answer.ErrorCode == "invalid_grant" {
		return kit.Rejected(name, callToken, "invalid_grant", status).With(staff.ErrRejected)
	}
	known := []string{"invalid_request", "invalid_client", "unauthorized_client", "unsupported_grant_type", "invalid_scope"}
	if slices.Contains(known, answer.ErrorCode) {
		return kit.Rejected(name, callToken, answer.ErrorCode, status).With(staff.ErrUnavailable)
	}
	return kit.Unreadable(name, callToken, status).With(staff.ErrUnavailable)
}

// tokenError is about a token that does not verify. Keys that cannot be read are not the token's fault, but the library
// does not tell the two apart, so that both reject it.
func tokenError(err, kind error) error {
	code := "token_invalid"
	if errors.As(err, new(*oidc.TokenExpiredError)) {
		code = "token_expired"
	}
	return kit.Rejected(name, callKeys, code, http.StatusOK).With(kind)
}

func rejected(code string) error {
	return kit.Rejected(name, callToken, code, http.StatusOK).With(staff.ErrRejected)
}

// Logout implements [staff.Provider].
func (c *Client) Logout(ctx context.Context, raw string) (staff.Logout, error) {
	m, err := c.find(ctx)
	if err != nil {
		return staff.Logout{}, err
	}
	token, err := m.verifier.VerifyLogout(oidc.ClientContext(ctx, c.http), raw)
	if err != nil {
		return staff.Logout{}, tokenError(err, staff.ErrLogoutToken)
	}
	return staff.Logout{Issuer: token.Issuer, Subject: token.Subject, SessionID: token.SessionID, IssuedAt: token.IssuedAt}, nil
}

// EndSession implements [staff.Provider].
func (c *Client) EndSession(ctx context.Context) (string, error) {
	m, err := c.find(ctx)
	if err != nil || m.endSession == "" {
		return "", err
	}
	address, err := kit.ReadBase(m.endSession)
	if err != nil {
		return "", kit.Unreadable(name, callDiscovery, http.StatusOK).With(staff.ErrUnavailable)
	}
	address.RawQuery = url.Values{"client_id": {c.config.ClientID}, "post_logout_redirect_uri": {c.config.join(SignedOutPath)}}.Encode()
	return address.String(), nil
}
