package wechatpay

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"

	"renzheng/identity"
	"renzheng/providers/kit"
	"renzheng/session"
	"renzheng/strictjson"
)

const (
	maxAnswerBytes = 64 << 10 // real answers have less than one KiB

	callToken  = "appauth/getaccesstoken" //nolint:gosec // G101: the name of a call
	callVerify = "secsvc/realnameauth"
)

// Client calls WeChat Pay. Safe for concurrent use.
type Client struct {
	appID, mchID string
	key          identity.Secret
	api, verify  kit.Line
}

// New returns a client, or an error for each invalid field of the configuration.
// It sends nothing.
func New(c Config) (*Client, error) {
	c = c.withDefaults()
	addresses, err := c.prepare()
	if err != nil {
		return nil, fmt.Errorf("configuring wechatpay: %w", err)
	}
	transport := c.Transport
	if transport == nil {
		transport = kit.NewTransport(addresses.proxy)
	}
	line := func(base *url.URL) kit.Line {
		return kit.Line{Base: base, Timeout: c.Timeout, Transport: transport, MaxBytes: maxAnswerBytes}
	}
	return &Client{appID: c.AppID, mchID: c.MchID, key: c.Key, api: line(addresses.api), verify: line(addresses.verify)}, nil
}

// token exchanges a code for the access token of its user.
func (c *Client) token(ctx context.Context, openID, code string) (string, *kit.CallError) {
	query := url.Values{}
	for name, value := range (fields{
		"mch_id": c.mchID, "appid": c.appID, "openid": openID, "code": code,
		"scope": scope, "grant_type": "authorization_code", "sign_type": signType,
	}).signed(c.key) {
		query.Set(name, value)
	}
	reply, failed := send(ctx, &c.api, callToken, "?"+query.Encode(), nil)
	if failed != nil {
		return "", failed
	}
	got, err := strictjson.ReadObject(reply.Body)
	// The documentation has retcode as a number, the FAQ as a string.
	retcode, token := string(bytes.Trim(got["retcode"], `"`)), got.Text("access_token")
	switch {
	case err != nil || !digits(retcode) || retcode == "0" && !kit.WellFormed(token, longestToken, "-_=+/."):
		return "", unreadable(callToken, reply.Status)
	case retcode != "0":
		return "", rejected(callToken, retcode, reply.Status)
	}
	return token, nil
}

// compare sends a document, and returns the signed answer.
func (c *Client) compare(ctx context.Context, request fields) (fields, *kit.CallError) {
	reply, failed := send(ctx, &c.verify, callVerify, "", request.signed(c.key).encode())
	if failed != nil {
		return nil, failed
	}
	got, err := decode(reply.Body)
	switch {
	case err != nil:
		return nil, unreadable(callVerify, reply.Status)
	case got["return_code"] != success: // not signed
		return nil, rejected(callVerify, got["error_code"], reply.Status)
	case !got.genuine(c.key):
		return nil, unreadable(callVerify, reply.Status)
	case got["result_code"] != success:
		failed = rejected(callVerify, got["err_code"], reply.Status)
		failed.Signed = true
		return nil, failed
	case got["appid"] != c.appID || got["mch_id"] != c.mchID || got["openid"] != request["openid"]:
		return nil, unreadable(callVerify, reply.Status)
	}
	return got, nil
}

const success = "SUCCESS"

// send makes one call, by POST if it has a body. It never retries: codes and tokens are
// single use.
func send(ctx context.Context, line *kit.Line, call, query string, body []byte) (kit.Reply, *kit.CallError) {
	method := http.MethodGet
	if body != nil {
		method = http.MethodPost
	}
	request, err := http.NewRequestWithContext(ctx, method, line.Base.String()+"/"+call+query, bytes.NewReader(body))
	if err != nil {
		return kit.Reply{}, notAsked(call)
	}
	if body != nil {
		request.Header.Set("Content-Type", "text/xml; charset=utf-8")
	}
	reply, err := line.Send(ctx, request)
	if err != nil {
		return kit.Reply{}, kit.NotAnswered(provider, call, reply.Status, err).With(session.ErrUnavailable)
	}
	if reply.Status != http.StatusOK {
		return kit.Reply{}, unreadable(call, reply.Status)
	}
	return reply, nil
}
