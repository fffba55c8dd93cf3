package wechat

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"time"

	"renzheng/identity"
	"renzheng/providers/kit"
)

const (
	tokenMargin = time.Minute           // it must outlive the call; in the last minutes WeChat issues the next one
	leaseName   = "wechat_token_"       // and the app id
	leaseLife   = 2 * longestTimeout    // longer than a fetch can take
	leaseWait   = 50 * time.Millisecond // between looks at what another replica fetched
	settleTime  = 5 * time.Second       // to write down a token when the caller is gone
	forcePause  = time.Minute           // WeChat forces one in 30 s, 20 a day
	longestLife = 24 * 60 * 60          // seconds; WeChat's tokens live two hours
	longestWord = 512                   // characters of a token, as documented
	wordExtra   = "-_.~+/="             // allowed next to letters and digits
	tokenGrant  = "client_credential"   // the one that WeChat has
)

// tokens fetches and shares the access tokens of one application. It uses WeChat's
// stable tokens: unlike the plain ones, fetching one does not end the one before.
type tokens struct {
	caller *caller
	store  TokenStore
	leases Leases
}

// get returns a token that is valid for a while and differs from refused, the one
// that WeChat has just rejected. If another replica is fetching a token, get waits
// for that.
func (t *tokens) get(ctx context.Context, refused identity.Secret) (identity.Secret, *kit.CallError) {
	name, holder := leaseName+t.caller.appID, rand.Text()
	for {
		stored, err := t.store.Token(ctx, t.caller.appID)
		if err != nil {
			return identity.Secret{}, storeFailed(err)
		}
		if t.good(stored, refused) {
			return stored.Value, nil
		}
		now := t.caller.clock()
		leased, err := t.leases.Lease(ctx, name, holder, now, now.Add(leaseLife))
		switch {
		case err != nil:
			return identity.Secret{}, storeFailed(err)
		case leased:
			return t.fetchUnder(ctx, name, holder, refused)
		case !pause(ctx, leaseWait):
			return identity.Secret{}, tokenFailed(codeWaited).With(ctx.Err())
		}
	}
}

func (t *tokens) good(stored Token, refused identity.Secret) bool {
	return !stored.Value.IsZero() && stored.Value != refused && t.caller.clock().Add(tokenMargin).Before(stored.ExpiresAt)
}

// fetchUnder fetches a token while it holds the lease, and releases the lease.
func (t *tokens) fetchUnder(ctx context.Context, name, holder string, refused identity.Secret) (identity.Secret, *kit.CallError) {
	fresh, failed := t.fetchOnce(ctx, refused)
	settle, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
	defer cancel()
	if err := t.leases.Release(settle, name, holder); err != nil && failed == nil {
		failed = storeFailed(err)
	}
	return fresh, failed
}

// fetchOnce fetches and stores a token, unless another replica was faster.
func (t *tokens) fetchOnce(ctx context.Context, refused identity.Secret) (identity.Secret, *kit.CallError) {
	stored, err := t.store.Token(ctx, t.caller.appID)
	if err != nil {
		return identity.Secret{}, storeFailed(err)
	}
	if t.good(stored, refused) {
		return stored.Value, nil
	}
	fresh, failed := t.fetch(ctx, stored, refused)
	if failed != nil {
		return identity.Secret{}, failed
	}
	settle, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
	defer cancel()
	if err = t.store.PutToken(settle, t.caller.appID, fresh); err != nil {
		return identity.Secret{}, storeFailed(err)
	}
	return fresh.Value, nil
}

// fetch returns the current token. If that is the rejected one, it forces a new
// one. It does so seldom, because forcing ends the current token for everybody.
func (t *tokens) fetch(ctx context.Context, stored Token, refused identity.Secret) (Token, *kit.CallError) {
	request := tokenRequest{GrantType: tokenGrant, AppID: t.caller.appID, Secret: t.caller.secret.Reveal()}
	fresh, failed := t.ask(ctx, request)
	fresh.ForcedAt = stored.ForcedAt
	now := t.caller.clock()
	if failed != nil || refused.IsZero() || fresh.Value != refused || now.Sub(stored.ForcedAt) < forcePause {
		return fresh, failed
	}
	request.ForceRefresh = true
	fresh, failed = t.ask(ctx, request)
	fresh.ForcedAt = now
	return fresh, failed
}

type tokenRequest struct {
	GrantType    string `json:"grant_type"`
	AppID        string `json:"appid"`
	Secret       string `json:"secret"`
	ForceRefresh bool   `json:"force_refresh"`
}

// ask makes the call. If it fails, the call that needs the token was not made.
func (t *tokens) ask(ctx context.Context, body tokenRequest) (Token, *kit.CallError) {
	now := t.caller.clock()
	r := request{call: callToken, limit: smallAnswer, send: func(ctx context.Context, _ identity.Secret, seen *exchange) error {
		return t.caller.transport.post(ctx, seen, callToken, nil, body)
	}}
	seen, failed := r.once(ctx, identity.Secret{})
	var value string
	life, ok := readInteger(seen.object["expires_in"])
	if failed == nil && (!ok || life <= 0 || life > longestLife ||
		json.Unmarshal(seen.object["access_token"], &value) != nil || !kit.WellFormed(value, longestWord, wordExtra)) {
		failed = unreadable(callToken, seen)
	}
	if failed != nil {
		failed.NoEffect = true
		return Token{}, failed
	}
	return Token{Value: identity.NewSecret(value), ExpiresAt: now.Add(time.Duration(life) * time.Second)}, nil
}

func storeFailed(err error) *kit.CallError { return tokenFailed(codeStore).With(err) }

func tokenFailed(code string) *kit.CallError {
	return &kit.CallError{Provider: provider, Call: callToken, Code: code, NoEffect: true}
}

// pause waits, and reports whether the caller is still there.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
