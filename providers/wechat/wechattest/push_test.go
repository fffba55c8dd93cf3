package wechattest_test

import (
	"encoding/base64"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"renzheng/providers/wechat/wechattest"
)

const (
	aesKey    = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
	pushToken = "PushToken"
)

// inbox is an application that WeChat pushes to, and what it says each time.
type inbox struct {
	mu     sync.Mutex
	seen   []*http.Request
	bodies []string
	says   []func(http.ResponseWriter, *http.Request)
}

func (i *inbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	i.mu.Lock()
	say := i.says[min(len(i.seen), len(i.says)-1)]
	i.seen, i.bodies = append(i.seen, r), append(i.bodies, string(body))
	i.mu.Unlock()
	say(w, r)
}

func text(s string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, s) }
}

func (a *app) pusher(i *inbox) *wechattest.Pusher {
	a.t.Helper()
	server := httptest.NewServer(i)
	a.t.Cleanup(server.Close)
	made, err := a.server.Pusher(wechattest.PushConfig{
		AppID: appID, Account: "gh_1", URL: server.URL, Token: pushToken, EncodingAESKey: aesKey, Patience: 200 * time.Millisecond,
	})
	if err != nil {
		a.t.Fatal(err)
	}
	return made
}

func TestPusher_comesAgainThreeTimesEachSignedAnew(t *testing.T) {
	t.Parallel()
	a := newApp(t)
	slow := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	broken := func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) }
	i := &inbox{says: []func(http.ResponseWriter, *http.Request){slow, broken, text("success")}}
	got, err := a.pusher(i).Scan(t.Context(), openID, "scene")
	if err != nil || got.Tries != 3 || got.Kind != "" {
		t.Fatalf("got %+v, %v", got, err)
	}
	nonces := map[string]bool{}
	for n, r := range i.seen {
		query := r.URL.Query()
		nonces[query.Get("nonce")] = true
		_, rest, _ := strings.Cut(i.bodies[n], "<Encrypt><![CDATA[")
		envelope, _, _ := strings.Cut(rest, "]]>")
		if query.Get("msg_signature") != wechattest.Sign(pushToken, query.Get("timestamp"), query.Get("nonce"), envelope) ||
			query.Get("signature") != wechattest.Sign(pushToken, query.Get("timestamp"), query.Get("nonce")) {
			t.Errorf("push %d is not signed", n)
		}
	}
	if len(nonces) != 3 {
		t.Errorf("got %d nonces, want 3", len(nonces))
	}
	i.says = []func(http.ResponseWriter, *http.Request){broken}
	if got, err = a.pusher(i).Scan(t.Context(), openID, "scene"); err == nil || got.Tries != 3 {
		t.Errorf("never answered: got %+v, %v", got, err)
	}
}

func TestPusher_refusesAnswersThatWeChatWouldDrop(t *testing.T) {
	t.Parallel()
	a := newApp(t)
	for name, body := range map[string]string{
		"a page":                 "<html>",
		"plain XML":              "<xml><MsgType>text</MsgType></xml>",
		"an envelope of nobody":  "<xml><Encrypt>AAAA</Encrypt><MsgSignature>x</MsgSignature></xml>",
		"an answer to nobody":    sealed(t, appID, "<xml><ToUserName>x</ToUserName><FromUserName>gh_1</FromUserName></xml>"),
		"another's answer":       sealed(t, service, "<xml></xml>"),
		"an answer by a person":  sealed(t, appID, "<xml><ToUserName>"+openID+"</ToUserName><FromUserName>x</FromUserName></xml>"),
		"an answer without text": sealed(t, appID, ""),
	} {
		i := &inbox{says: []func(http.ResponseWriter, *http.Request){text(body)}}
		if got, err := a.pusher(i).Write(t.Context(), openID, "你好"); err == nil {
			t.Errorf("%s: got %+v", name, got)
		}
	}
	good := sealed(t, appID, "<xml><ToUserName>"+openID+"</ToUserName><FromUserName>gh_1</FromUserName><MsgType>text</MsgType><Content>好</Content></xml>")
	i := &inbox{says: []func(http.ResponseWriter, *http.Request){text(good)}}
	if got, err := a.pusher(i).Click(t.Context(), openID, "k"); err != nil || got.Text != "好" {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestServer_customMessage_keepsTheWindow(t *testing.T) {
	t.Parallel()
	a := newApp(t)
	send := func() string {
		return a.post("/cgi-bin/message/custom/send?access_token="+a.token(appID, "false"),
			`{"touser":"owner-openid","msgtype":"text","text":{"content":"c"}}`)
	}
	wantCode(t, "nothing done", send(), "45015")
	i := &inbox{says: []func(http.ResponseWriter, *http.Request){text("")}}
	if _, err := a.pusher(i).Subscribe(t.Context(), openID, "scene"); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if got := send(); !strings.Contains(got, `"errcode":0`) {
			t.Errorf("got %s", got)
		}
	}
	wantCode(t, "a fourth", send(), "45047")
	a.now = a.now.Add(2 * time.Minute)
	wantCode(t, "a minute later", send(), "45015")
}

func TestServer_Pusher_wantsAKey(t *testing.T) {
	t.Parallel()
	if _, err := newApp(t).server.Pusher(wechattest.PushConfig{EncodingAESKey: "short"}); err == nil {
		t.Error("got no error")
	}
}

// sealed is an answer as an application makes it.
func sealed(t *testing.T, id, message string) string {
	t.Helper()
	key, err := base64.StdEncoding.DecodeString(aesKey + "=")
	if err != nil {
		t.Fatal(err)
	}
	envelope, err := wechattest.Seal(key, id, []byte(message))
	if err != nil {
		t.Fatal(err)
	}
	return "<xml><Encrypt>" + envelope + "</Encrypt><MsgSignature>" + wechattest.Sign(pushToken, "1", "2", envelope) +
		"</MsgSignature><TimeStamp>1</TimeStamp><Nonce>2</Nonce></xml>"
}

func TestServer_code_isIssuedOverHTTPToKnownAccounts(t *testing.T) {
	t.Parallel()
	a := newApp(t)
	code := a.field(a.form("/sandbox/phone-code", url.Values{"openid": {openID}}), "code")
	got := a.post("/wxa/business/getuserphonenumber?access_token="+a.token(appID, "false"), `{"code":"`+code+`"}`)
	if !strings.Contains(got, `"purePhoneNumber":"13800138000"`) || !strings.Contains(got, `"appid":"`+appID+`"`) {
		t.Errorf("got %s", got)
	}
	if got := a.form("/sandbox/code", url.Values{"openid": {"nobody"}}); strings.Contains(got, `"code"`) {
		t.Errorf("nobody: got %s", got)
	}
}
