package bff

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"

	"renzheng/support"
)

const codePushRefused = "push_refused"

// weChatInput is what WeChat's server puts into the address. Other parameters may
// come with it.
type weChatInput struct {
	Signature        string `query:"signature"`
	Timestamp        string `query:"timestamp"`
	Nonce            string `query:"nonce"`
	EncryptType      string `query:"encrypt_type" doc:"aes: nothing else is taken."`
	MessageSignature string `query:"msg_signature"`
}

func (in weChatInput) query() url.Values {
	return url.Values{
		"signature": {in.Signature}, "timestamp": {in.Timestamp}, "nonce": {in.Nonce},
		"encrypt_type": {in.EncryptType}, "msg_signature": {in.MessageSignature},
	}
}

type weChatCheckInput struct {
	Signature string `query:"signature"`
	Timestamp string `query:"timestamp"`
	Nonce     string `query:"nonce"`
	Echo      string `query:"echostr"`
}

const (
	plainType = "text/plain; charset=utf-8"
	xmlType   = "text/xml; charset=utf-8"
)

type weChatOutput struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

// checkWeChat answers WeChat's check of this address.
func (a *API) checkWeChat(_ context.Context, in *weChatCheckInput) (*weChatOutput, error) {
	echo, err := a.deps.Support.Echo(url.Values{
		"signature": {in.Signature}, "timestamp": {in.Timestamp}, "nonce": {in.Nonce}, "echostr": {in.Echo},
	})
	if err != nil {
		return nil, err
	}
	return &weChatOutput{plainType, []byte(echo)}, nil
}

// receiveWeChat answers what a person did with the service account. Its body is
// read by the rules, which believe none of it before its signature.
func (a *API) receiveWeChat(ctx context.Context, in *weChatInput) (*weChatOutput, error) {
	answer, err := a.deps.Support.Answer(ctx, in.query(), bytes.NewReader(callOf(ctx).body))
	if err != nil {
		return nil, err
	}
	if string(answer) == support.NoReply {
		return &weChatOutput{plainType, answer}, nil
	}
	return &weChatOutput{xmlType, answer}, nil
}

// supportProblem tells the log why support did not serve: the reasons hold
// nothing of anybody, and the operator needs them.
func (a *API) supportProblem(c *call, err error) *problem {
	for _, kind := range [...]errorKind{
		{support.ErrPushRefused, codePushRefused}, {support.ErrBusy, codeUnavailable}, {support.ErrSlow, codeUnavailable},
	} {
		if errors.Is(err, kind.is) {
			c.cause = err
			return a.withRetry(a.newProblem(c, kind.code))
		}
	}
	return nil
}

func supportProblems() []problemKind {
	return []problemKind{{
		codePushRefused, http.StatusForbidden,
		text{"推送未被接受", "推送未被接受", "The push was not accepted"},
		text{"仅接受微信服务器按安全模式签名并加密的推送。", "僅接受微信伺服器按安全模式簽名並加密的推送。", "Only what WeChat's server signs and encrypts in the safe mode is taken, once and in time."},
	}}
}
