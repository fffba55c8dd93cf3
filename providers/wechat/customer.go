package wechat

import (
	"context"
	"errors"
	"fmt"

	"renzheng/session"
)

// ErrWindowClosed says that WeChat does not let us write to this account now:
// the person has not written for 48 hours, has scanned the code more than a
// minute ago, has had as many messages as allowed, or does not follow us.
var ErrWindowClosed = errors.New("account cannot be written to now")

const longestMessage = 2048 // bytes of UTF-8 that WeChat takes

// SendText writes to an account of the service account.
//
// Errors: ErrWindowClosed; any other leaves open whether it was sent.
func (a *ServiceAccount) SendText(ctx context.Context, user session.ChannelUser, text string) error {
	openID := user.Reveal()
	if user.AppID != a.appID || !wellFormed(openID, longestID, "-_") || text == "" || len(text) > longestMessage {
		return fmt.Errorf("writing to an account: %w", notSent(callCustomer))
	}
	seen, failed := a.ask(ctx, request{
		call: callCustomer, limit: smallAnswer,
		send: func(ctx context.Context, token Secret, seen *trip) error {
			return sdkCustomerText(a.appID, a.errand(ctx, token, seen), openID, text)
		},
	})
	if failed == nil && !seen.coded {
		failed = badAnswer(callCustomer, seen)
	}
	if failed == nil {
		return nil
	}
	switch failed.Code {
	case "45015", "45047", "43004": // too late; too many; not following
		failed = failed.as(ErrWindowClosed)
	}
	return fmt.Errorf("writing to an account: %w", failed)
}
