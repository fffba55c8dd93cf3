package wechat_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/url"
	"strconv"
	"testing"

	"renzheng/providers/wechat"
	"renzheng/providers/wechat/wechattest"
	"renzheng/verification"
)

func FuzzVerifyAnswer(f *testing.F) {
	for _, seed := range []string{
		`{"errcode":0,"errmsg":"ok","verify_ret":10000}`,
		`{"errcode":0,"verify_ret":10003}`,
		`{"errcode":0}`,
		`{"errcode":84001,"errmsg":"invalid rid: 1-2-3","verify_ret":10000}`,
		`{"errcode":"0","verify_ret":"10000"}`,
		`{"errcode":0,"verify_ret":1e4}`,
		`{"Errcode":0,"verify_ret":10000}`,
		`null`, `[]`, ``, `"T"`,
	} {
		f.Add([]byte(seed))
	}
	w := newFixture(f)
	answers := canned{}
	w.config.Transport = answers
	client := w.client(f)
	f.Fuzz(func(t *testing.T, answer []byte) {
		answers[callVerifyRet] = answer
		got, err := client.QueryFace(t.Context(), faceQuery(t, "verify-1"))
		if err != nil {
			_ = err.Error() // must not panic either
			if got.Outcome != "" {
				t.Errorf("got %s with an error by %q", got.Outcome, answer)
			}
			return
		}
		if got.Outcome == verification.OutcomePassed && !saysPassed(answer) {
			t.Errorf("passed by %q", answer)
		}
		if got.Liveness != (got.Outcome == verification.OutcomePassed) {
			t.Errorf("got liveness %t with %s", got.Liveness, got.Outcome)
		}
	})
}

func saysPassed(answer []byte) bool {
	var read map[string]any
	return json.Unmarshal(answer, &read) == nil &&
		(read["errcode"] == 0.0 || read["errcode"] == "0") && (read["verify_ret"] == 10000.0 || read["verify_ret"] == "10000")
}

// FuzzPush posts bodies to us: signed by WeChat or not, as the envelope or as
// the message in it.
func FuzzPush(f *testing.F) {
	w := newFixture(f)
	service := w.serviceAccount(f)
	pusher, err := w.server.Pusher(wechattest.PushConfig{AppID: serviceID, Account: account, Token: pushToken, EncodingAESKey: aesKey})
	if err != nil {
		f.Fatal(err)
	}
	key, err := base64.StdEncoding.DecodeString(aesKey + "=")
	if err != nil {
		f.Fatal(err)
	}
	const asEnvelope, asMessage = true, false
	f.Add(pusher.Event(supportOpenID, "SCAN", "ticket"), asMessage, true)
	f.Add(pusher.Event(supportOpenID, "subscribe", "qrscene_ticket"), asMessage, true)
	f.Add(pusher.Text(supportOpenID, "你好"), asMessage, true)
	f.Add([]byte(`<!DOCTYPE x [<!ENTITY e "e">]><xml><FromUserName>&e;</FromUserName></xml>`), asMessage, true)
	f.Add([]byte("AAAA"), asEnvelope, true)
	f.Add(bytes.Repeat([]byte("AAAA"), 32), asEnvelope, true)
	f.Add(pusher.Text(supportOpenID, "你好"), asMessage, false)
	n := 0
	f.Fuzz(func(t *testing.T, text []byte, envelope, signed bool) {
		sealed := string(text)
		if !envelope {
			if sealed, err = wechattest.Seal(key, serviceID, text); err != nil {
				t.Fatal(err)
			}
		}
		n++
		timestamp, nonce := strconv.FormatInt(w.clock().Unix(), 10), "n"+strconv.Itoa(n)
		query := url.Values{
			"timestamp": {timestamp}, "nonce": {nonce}, "signature": {wechattest.Sign(pushToken, timestamp, nonce)},
			"encrypt_type": {"aes"}, "msg_signature": {wechattest.Sign(pushToken, timestamp, nonce, sealed)},
		}
		if !signed {
			query.Set("msg_signature", wechattest.Sign("another", timestamp, nonce, sealed))
		}
		got, err := service.Receive(t.Context(), query, bodyOf(sealed))
		if err != nil {
			if !errors.Is(err, wechat.ErrPushMalformed) && !errors.Is(err, wechat.ErrPushUnsigned) {
				t.Errorf("got %v by %q", err, text)
			}
			return
		}
		if !signed || got.ID == "" || got.User.Reveal() == "" {
			t.Errorf("took %q, signed %t", text, signed)
		}
		if _, err = service.Answer(got, "好"); err != nil {
			t.Errorf("no answer to %q: %v", text, err)
		}
	})
}
