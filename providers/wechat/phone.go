package wechat

import (
	"context"
	"errors"
	"fmt"

	"renzheng/identity"
	"renzheng/session"
)

// ErrPhoneForeign says that the account's phone is not one of the mainland.
var ErrPhoneForeign = errors.New("phone is not of the mainland")

// Phone redeems the code of the button that asks for the phone, another code
// than that of a login. Nothing is repeated: a code is single use.
//
// Errors: session.ErrCodeInvalid, also for a code that cannot be one, which is
// not sent; ErrPhoneForeign; session.ErrUnavailable for everything else.
func (c *Client) Phone(ctx context.Context, code string) (identity.Phone, error) {
	if !wellFormed(code, longestCode, "-_") {
		return identity.Phone{}, fmt.Errorf("redeeming a phone code: %w", notSent(callPhone).as(session.ErrCodeInvalid))
	}
	var info phoneInfo
	seen, failed := c.ask(ctx, request{
		call: callPhone, limit: smallAnswer,
		send: func(ctx context.Context, token Secret, seen *trip) (err error) {
			info, err = sdkPhone(c.appID, c.errand(ctx, token, seen), code)
			return err
		},
	})
	if failed == nil && info.appID != c.appID { // made for another application
		failed = badAnswer(callPhone, seen)
	}
	if failed != nil {
		return identity.Phone{}, fmt.Errorf("redeeming a phone code: %w", failed.as(codeKind(failed)))
	}
	phone, err := identity.ParsePhone(info.number)
	if info.country != "86" || err != nil {
		return identity.Phone{}, fmt.Errorf("reading a phone: %w", ErrPhoneForeign)
	}
	return phone, nil
}
