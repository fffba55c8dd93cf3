package main

import (
	"context"

	"renzheng/providers/wechat"
	"renzheng/sql/store"
)

// wechatTokens lets WeChat's adapter keep its tokens as rows: adapters and the
// store do not know one another.
type wechatTokens struct{ store *store.Store }

var (
	_ wechat.TokenStore = wechatTokens{}
	_ wechat.Leases     = (*store.Store)(nil)
)

const wechatTokenName = "wechat_" // and the app id

// Token gives the stored token of an application, the zero value for none.
func (w wechatTokens) Token(ctx context.Context, appID string) (wechat.Token, error) {
	stored, err := w.store.Token(ctx, wechatTokenName+appID)
	return wechat.Token{Value: stored.Value, ExpiresAt: stored.ExpiresAt, ForcedAt: stored.ForcedAt}, err
}

// PutToken stores t in place of what is there.
func (w wechatTokens) PutToken(ctx context.Context, appID string, t wechat.Token) error {
	return w.store.PutToken(ctx, wechatTokenName+appID, store.Token{
		Value: t.Value, ExpiresAt: t.ExpiresAt, ForcedAt: t.ForcedAt,
	})
}
