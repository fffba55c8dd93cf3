package wechat

import (
	"context"

	"renzheng/identity"
	"renzheng/providers/kit"
	"renzheng/session"
)

var _ session.Authorizer = (*Client)(nil)

const longestCode = 128 // WeChat's own have 32; the rest is room for a change

// Authorize redeems a login code for the account's openid. It is not repeated,
// because a code is valid once. The key of WeChat's session is dropped.
//
// Errors: session.ErrCodeInvalid, also for a malformed code, which is not sent;
// session.ErrAccountBarred; session.ErrUnavailable for everything else.
func (c *Client) Authorize(ctx context.Context, code string) (identity.ChannelUser, error) {
	if !kit.WellFormed(code, longestCode, "-_") { // the SDK would let it write into the address
		return identity.ChannelUser{}, notAsked(callSession).With(session.ErrCodeInvalid)
	}
	var openID string
	seen, failed := c.plain(ctx, request{
		call: callSession, limit: smallAnswer,
		send: func(ctx context.Context, secret identity.Secret, seen *exchange) (err error) {
			openID, err = sdkCodeToSession(c.appID, c.sdkCall(ctx, secret, seen), code)
			return err
		},
	})
	if failed == nil && !kit.WellFormed(openID, longestID, "-_") {
		failed = unreadable(callSession, seen)
	}
	if failed != nil {
		return identity.ChannelUser{}, failed.With(codeKind(failed))
	}
	return identity.NewChannelUser(c.appID, kindOpenID, openID), nil
}

// codeKind returns the kind of error for a failed exchange of a code.
func codeKind(failed *kit.CallError) error {
	switch failed.Code {
	case "40029", "40163": // no code of ours, or too old; used before
		return session.ErrCodeInvalid
	case "40226": // WeChat's risk control has blocked the account
		return session.ErrAccountBarred
	}
	return session.ErrUnavailable
}
