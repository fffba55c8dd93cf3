package wechat_test

import (
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"renzheng/providers/wechat"
	"renzheng/providers/wechat/wechattest"
)

func TestServiceAccount_Receive_refuses(t *testing.T) {
	t.Parallel()
	o := newSupportFixture(t)
	scan := o.pusher.Event(supportOpenID, "SCAN", "ticket_1")
	set := func(name, value string) func(*http.Request) {
		return func(r *http.Request) {
			query := r.URL.Query()
			query.Set(name, value)
			r.URL.RawQuery = query.Encode()
		}
	}
	body := func(text string) func(*http.Request) {
		return func(r *http.Request) { r.Body = io.NopCloser(strings.NewReader(text)) }
	}
	for name, tc := range map[string]struct {
		change func(*http.Request)
		want   error
	}{
		"plain text by its type":       {set("encrypt_type", "raw"), wechat.ErrPushPlain},
		"no type":                      {set("encrypt_type", ""), wechat.ErrPushPlain},
		"no signature of the envelope": {set("msg_signature", ""), wechat.ErrPushPlain},
		"plain text in the body":       {body(string(scan)), wechat.ErrPushMalformed},
		"another envelope":             {body("<xml><Encrypt>AAAA</Encrypt></xml>"), wechat.ErrPushUnsigned},
		"another signature":            {set("signature", strings.Repeat("0", 40)), wechat.ErrPushUnsigned},
		"another envelope's signature": {set("msg_signature", strings.Repeat("0", 40)), wechat.ErrPushUnsigned},
		"another nonce":                {set("nonce", "123"), wechat.ErrPushUnsigned},
		"another time":                 {set("timestamp", "1"), wechat.ErrPushUnsigned},
		"no nonce":                     {set("nonce", ""), wechat.ErrPushMalformed},
		"a nonce without end":          {set("nonce", strings.Repeat("1", 49)), wechat.ErrPushMalformed},
		"no body":                      {body(""), wechat.ErrPushMalformed},
		"a body without end":           {body("<xml>" + strings.Repeat(" ", 65<<10)), wechat.ErrPushMalformed},
		"two envelopes":                {body("<xml><Encrypt>A</Encrypt><Encrypt>B</Encrypt></xml>"), wechat.ErrPushMalformed},
		"a document type":              {body(`<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><Encrypt>&e;</Encrypt></xml>`), wechat.ErrPushMalformed},
		"an entity":                    {body(`<xml><Encrypt>&e;</Encrypt></xml>`), wechat.ErrPushMalformed},
		"a document after the first":   {body(`<xml><Encrypt>A</Encrypt></xml><xml/>`), wechat.ErrPushMalformed},
	} {
		request, err := o.pusher.Request(t.Context(), scan)
		if err != nil {
			t.Fatal(err)
		}
		tc.change(request)
		if _, err = o.service.Receive(t.Context(), request.URL.Query(), request.Body); !errors.Is(err, tc.want) {
			t.Errorf("%s: got %v, want %v", name, err, tc.want)
		}
	}
}

func TestServiceAccount_Receive_takesAPushOnceAndInTime(t *testing.T) {
	t.Parallel()
	o := newSupportFixture(t)
	request, err := o.pusher.Request(t.Context(), o.pusher.Event(supportOpenID, "SCAN", "ticket_1"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(request.Body)
	if err != nil {
		t.Fatal(err)
	}
	receive := func() error {
		_, err := o.service.Receive(t.Context(), request.URL.Query(), strings.NewReader(string(text)))
		return err
	}
	if err := receive(); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		wait time.Duration
		want error
	}{
		{0, wechat.ErrPushReplayed},
		{4 * time.Minute, wechat.ErrPushReplayed},
		{2 * time.Minute, wechat.ErrPushLate},
		{-13 * time.Minute, wechat.ErrPushLate},
	} {
		o.pass(step.wait)
		if err := receive(); !errors.Is(err, step.want) {
			t.Errorf("after %s: got %v, want %v", step.wait, err, step.want)
		}
	}
}

func TestServiceAccount_Receive_opensForThisApplicationOnly(t *testing.T) {
	t.Parallel()
	o := newSupportFixture(t)
	key, err := base64.StdEncoding.DecodeString(aesKey + "=")
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct{ appID, message string }{
		"another application":     {appID, string(o.pusher.Event(supportOpenID, "SCAN", "x"))},
		"no application":          {"", string(o.pusher.Event(supportOpenID, "SCAN", "x"))},
		"no XML":                  {serviceID, "hello"},
		"nobody's message":        {serviceID, "<xml><MsgType>text</MsgType><CreateTime>1</CreateTime></xml>"},
		"a message without time":  {serviceID, "<xml><MsgType>text</MsgType><FromUserName>a</FromUserName><ToUserName>b</ToUserName></xml>"},
		"a message of no kind":    {serviceID, "<xml><ToUserName>b</ToUserName><FromUserName>a</FromUserName><CreateTime>1</CreateTime></xml>"},
		"a message with a type":   {serviceID, "<!DOCTYPE xml><xml></xml>"},
		"a message without limit": {serviceID, "<xml>" + strings.Repeat("<a>", 20)},
	} {
		envelope, err := wechattest.Seal(key, tc.appID, []byte(tc.message))
		if err != nil {
			t.Fatal(err)
		}
		if _, err = o.service.Receive(t.Context(), signedQuery(o, envelope), bodyOf(envelope)); !errors.Is(err, wechat.ErrPushMalformed) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestServiceAccount_Receive_failsWithItsStore(t *testing.T) {
	t.Parallel()
	o := newSupportFixture(t)
	broken := errors.New("store is down")
	o.memory.Fail(broken)
	request, err := o.pusher.Request(t.Context(), o.pusher.Event(supportOpenID, "SCAN", "x"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err = o.service.Receive(t.Context(), request.URL.Query(), request.Body); !errors.Is(err, broken) {
		t.Errorf("got %v, want %v", err, broken)
	}
}
