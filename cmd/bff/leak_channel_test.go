package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"renzheng/providers/alipay/alipaytest"
	"renzheng/providers/wechat/wechattest"
	"renzheng/test/people"
)

// prodAsWeChat makes a person tell the service account everything, which it must
// neither repeat nor keep.
func (l *leakTest) prodAsWeChat(t *testing.T, p people.Person) {
	t.Helper()
	pusher, err := l.WeChat.Pusher(wechattest.PushConfig{
		AppID: serviceApp, Account: "gh_sandbox000001", URL: l.calls.URL + serviceGate,
		Token: l.Settings["BFF_SUPPORT_PUSH_TOKEN"], EncodingAESKey: l.Settings["BFF_SUPPORT_ENCODING_AES_KEY"],
	})
	if err != nil {
		t.Fatal(err)
	}
	follower := "support-" + p.OpenID
	for name, message := range map[string][]byte{
		"words":                pusher.Text(follower, "我叫"+p.Name+"，身份证"+p.Number+"，银行卡"+p.Card+"，电话"+p.Phone),
		"a code":               pusher.Text(follower, "T-"+p.Number),
		"a cry for a human":    pusher.Text(follower, "人工 "+p.Name),
		"markup":               pusher.Text(follower, "]]><Content>"+p.Name+"</Content>"),
		"an entry of the menu": pusher.Event(follower, "CLICK", p.Number),
		"a scene":              pusher.Event(follower, "SCAN", p.Number),
		"a kind of event":      pusher.Event(follower, p.Name, p.Card),
		"somebody who leaves":  pusher.Event(follower, "unsubscribe", p.Phone),
	} {
		if _, err := pusher.Deliver(t.Context(), message); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// signInOnTheWeb goes through the web's sign-in, whose code stands in an address
// and whose token in a cookie.
func (l *leakTest) signInOnTheWeb(t *testing.T, p people.Person) {
	t.Helper()
	browse := func(path string, cookies ...*http.Cookie) (to string, given []*http.Cookie) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, l.calls.URL+path, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cookies {
			r.AddCookie(c)
		}
		got, err := exchange(r)
		if err != nil {
			t.Fatal(err)
		}
		return got.header.Get("Location"), (&http.Response{Header: got.header}).Cookies()
	}
	began, login := browse("/v1/web/login")
	page, err := url.Parse(began)
	if err != nil || len(login) != 1 {
		t.Fatalf("was sent to %s, %v", page, err)
	}
	code := l.Alipay.IssueCode(p.OpenID, alipaytest.ScopeBase)
	l.hide(t, "auth_code", code)
	l.hide(t, "auth_code", "auth-"+p.Number)
	state := url.QueryEscape(page.Query().Get("state"))
	back, given := browse("/v1/web/callback?auth_code="+code+"&state="+state, login...)
	for _, cookie := range given {
		if cookie.Name == "__Host-session" {
			l.hide(t, "session token", cookie.Value)
			browse("/v1/session", cookie)
			browse("/v1/todos/"+p.Number, cookie)
		}
	}
	if back != "/" {
		t.Errorf("signing in on the web ended at %s", back)
	}
	for _, query := range []string{"auth_code=auth-" + p.Number, "auth_code=" + strings.Repeat(p.Phone, 30), "auth_code=" + url.QueryEscape(p.Name)} {
		browse("/v1/web/callback?"+query+"&state="+state, login...)
	}
}
