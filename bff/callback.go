package bff

import (
	"bytes"
	"context"
	"net/url"

	"renzheng/support"
)

// weChatInput are the query parameters of WeChat's server. It may send others too.
type weChatInput struct {
	Signature        string `query:"signature"`
	Timestamp        string `query:"timestamp"`
	Nonce            string `query:"nonce"`
	EncryptType      string `query:"encrypt_type" doc:"Must be aes."`
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

// checkWeChat answers WeChat's verification of the callback address.
func (h *handlers) checkWeChat(_ context.Context, in *weChatCheckInput) (*weChatOutput, error) {
	echo, err := h.support.Echo(url.Values{
		"signature": {in.Signature}, "timestamp": {in.Timestamp}, "nonce": {in.Nonce}, "echostr": {in.Echo},
	})
	if err != nil {
		return nil, err
	}
	return &weChatOutput{plainType, []byte(echo)}, nil
}

// receiveWeChat answers an event of a person in the service account. The rules read
// the body and check its signature first.
func (h *handlers) receiveWeChat(ctx context.Context, in *weChatInput) (*weChatOutput, error) {
	answer, err := h.support.Answer(ctx, in.query(), bytes.NewReader(callOf(ctx).body))
	if err != nil {
		return nil, err
	}
	if string(answer) == support.NoReply {
		return &weChatOutput{plainType, answer}, nil
	}
	return &weChatOutput{xmlType, answer}, nil
}
