package wechat

import (
	"context"

	"renzheng/identity"
)

// SetMenu replaces the menu of the service account. People see it within a day.
func (a *ServiceAccount) SetMenu(ctx context.Context, entries []MenuEntry) error {
	if err := checkMenu(entries); err != nil {
		return err
	}
	seen, failed := a.ask(ctx, request{
		call: callMenu, limit: smallAnswer,
		send: func(ctx context.Context, token identity.Secret, seen *exchange) error {
			return sdkMenu(a.appID, a.sdkCall(ctx, token, seen), entries)
		},
	})
	if failed == nil && !seen.coded {
		failed = unreadable(callMenu, seen)
	}
	if failed != nil {
		return failed
	}
	return nil
}
