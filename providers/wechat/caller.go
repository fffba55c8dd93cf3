package wechat

import (
	"context"
	"time"

	"renzheng/identity"
	"renzheng/providers/kit"
)

// The calls of this package, by their paths.
const (
	callSession   = "sns/jscode2session"
	callToken     = "cgi-bin/stable_token" //nolint:gosec // G101: a path, no credential
	callVerifyID  = "cityservice/face/identify/getverifyid"
	callVerifyRet = "cityservice/face/identify/queryverifyinfo"
	callImage     = "cityservice/face/identify/getimage"
	callSubscribe = "cgi-bin/message/subscribe/send"
	callQR        = "cgi-bin/qrcode/create"
	callQRPicture = "cgi-bin/showqrcode"
	callMenu      = "cgi-bin/menu/create"
)

// caller makes calls for one application. Safe for concurrent use.
type caller struct {
	appID     string
	secret    identity.Secret
	timeout   time.Duration
	clock     func() time.Time
	transport *transport
	tokens    *tokens
}

func newCaller(app App) (*caller, error) {
	sdkRouter() // before anything could go through the SDK's own client
	full := app.withDefaults()
	if err := full.wired(); err != nil {
		return nil, err
	}
	ready, err := full.prepare()
	if err != nil {
		return nil, err
	}
	c := &caller{
		appID: full.AppID, secret: full.AppSecret, timeout: full.Timeout, clock: full.Clock, transport: newTransport(full, ready),
	}
	c.tokens = &tokens{caller: c, store: full.Tokens, leases: full.Leases}
	return c, nil
}

// request is one call: its name, what its answer may be, and how it is sent.
type request struct {
	call    string
	limit   int64
	picture bool
	send    func(ctx context.Context, secret identity.Secret, seen *exchange) error
}

// plain makes a call with the application's secret and without a token.
func (c *caller) plain(ctx context.Context, r request) (*exchange, *kit.CallError) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	return r.once(ctx, c.secret)
}

// ask makes a call with an access token. WeChat rejects a bad or expired token
// before it does anything, so ask then tries once more with a new token.
func (c *caller) ask(ctx context.Context, r request) (*exchange, *kit.CallError) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	token, failed := c.tokens.get(ctx, identity.Secret{})
	if failed != nil {
		return nil, failed
	}
	seen, failed := r.once(ctx, token)
	if failed == nil || !badToken(failed) {
		return seen, failed
	}
	if token, failed = c.tokens.get(ctx, token); failed != nil {
		return nil, failed
	}
	return r.once(ctx, token)
}

func (r request) once(ctx context.Context, secret identity.Secret) (*exchange, *kit.CallError) {
	seen := &exchange{limit: r.limit, picture: r.picture}
	err := r.send(ctx, secret, seen)
	return seen, classify(r.call, seen, err)
}

// sdkCall returns a call by the SDK.
func (c *caller) sdkCall(ctx context.Context, secret identity.Secret, seen *exchange) *sdkCall {
	return &sdkCall{ctx: ctx, transport: c.transport, seen: seen, secret: secret}
}
