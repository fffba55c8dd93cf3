package main

import (
	"context"

	"renzheng/providers/wechat"
	"renzheng/sql/store"
)

// wechatTokens stores the tokens of WeChat's adapter as rows. It translates between
// the adapter and the store, neither of which imports the other.
type wechatTokens struct{ store *store.Store }

var (
	_ wechat.TokenStore = wechatTokens{}
	_ wechat.Leases     = (*store.Store)(nil)
)

const wechatTokenName = "wechat_" // and the app id

// Token returns the stored token of an application, or the zero value.
func (w wechatTokens) Token(ctx context.Context, appID string) (wechat.Token, error) {
	stored, err := w.store.Token(ctx, wechatTokenName+appID)
	return wechat.Token{Value: stored.Value, ExpiresAt: stored.ExpiresAt, ForcedAt: stored.ForcedAt}, err
}

// PutToken replaces the stored token of an application.
func (w wechatTokens) PutToken(ctx context.Context, appID string, t wechat.Token) error {
	return w.store.PutToken(ctx, wechatTokenName+appID, store.Token{
		Value: t.Value, ExpiresAt: t.ExpiresAt, ForcedAt: t.ForcedAt,
	})
}
