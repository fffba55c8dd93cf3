package alipay

import (
	"context"

	sdk "github.com/smartwalle/alipay/v3"

	"renzheng/identity"
	"renzheng/providers/kit"
	"renzheng/session"
)

var _ session.Authorizer = (*Client)(nil)

const (
	kindOpenID = "open_id"
	kindUserID = "user_id"

	longestCode = 128 // Alipay's own have 32; the rest is room for a change
	longestID   = 128
)

// Authorize redeems an authorization code of any scope for the account's id:
// open_id if Alipay returns one, else user_id. It is not repeated, because a code
// is valid once.
//
// Errors: session.ErrCodeInvalid, also for a malformed code, which is not sent;
// session.ErrUnavailable for everything else.
func (c *Client) Authorize(ctx context.Context, code string) (identity.ChannelUser, error) {
	redeemed, failed := c.redeem(ctx, code)
	if failed != nil {
		return identity.ChannelUser{}, failed
	}
	return redeemed.user, nil
}

// token is an access token and the account that it belongs to. Secret.
type token struct {
	access string
	user   identity.ChannelUser
}

// tokenAnswer omits the lifetimes, which come as numbers or strings, because no
// token is kept.
type tokenAnswer struct {
	answer

	AccessToken loose `json:"access_token"`
	OpenID      loose `json:"open_id"`
	UserID      loose `json:"user_id"`
}

// outcome treats a token as success, because only this call returns no code with
// it.
func (a *tokenAnswer) outcome() (code, subCode string) {
	if a.Code == "" && a.AccessToken != "" {
		return codeSuccess, ""
	}
	return a.answer.outcome()
}

func (c *Client) redeem(ctx context.Context, code string) (token, *kit.CallError) {
	if !kit.WellFormed(code, longestCode, "-_") {
		return token{}, notAsked(callToken).With(session.ErrCodeInvalid)
	}
	payload := sdk.NewPayload(callToken).
		AddParam("grant_type", "authorization_code").
		AddParam("code", code)
	var got tokenAnswer
	if failed := c.call(ctx, payload, smallAnswer, &got); failed != nil {
		return token{}, failed.With(redeemKind(failed))
	}
	user, ok := c.user(string(got.OpenID), string(got.UserID))
	if !ok || got.AccessToken == "" {
		return token{}, unreadable(callToken).With(session.ErrUnavailable)
	}
	return token{access: string(got.AccessToken), user: user}, nil
}

// redeemKind returns only one of two kinds, because this rejection is usually
// unsigned.
func redeemKind(failed *kit.CallError) error {
	if failed.SubCode == "isv.code-invalid" {
		return session.ErrCodeInvalid
	}
	return session.ErrUnavailable
}

// user returns the account, and false if the answer has no well-formed id.
func (c *Client) user(openID, userID string) (identity.ChannelUser, bool) {
	switch {
	case kit.WellFormed(openID, longestID, "-_"):
		return identity.NewChannelUser(c.appID, kindOpenID, openID), true
	case openID == "" && kit.WellFormed(userID, longestID, ""):
		return identity.NewChannelUser(c.appID, kindUserID, userID), true
	}
	return identity.ChannelUser{}, false
}
