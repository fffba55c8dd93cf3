package wechattest_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"renzheng/providers/wechat/wechattest"
)

func TestServer_login_isForOneUseOfOneApplicationAndSoon(t *testing.T) {
	t.Parallel()
	a := newApp(t)
	login := func(id, key, code string) string {
		return a.get("/sns/jscode2session", url.Values{
			"appid": {id}, "secret": {key}, "js_code": {code}, "grant_type": {"authorization_code"},
		})
	}
	code, late := a.server.IssueCode(openID), a.server.IssueCode(openID)
	if got := login(appID, secret, code); a.field(got, "openid") != openID || a.field(got, "session_key") == "" {
		t.Errorf("got %s", got)
	}
	wantCode(t, "used", login(appID, secret, code), "40163")
	wantCode(t, "of another application", login(service, secret, a.server.IssueCode(openID)), "40029")
	wantCode(t, "of the phone button", login(appID, secret, a.server.IssuePhoneCode(openID)), "40029")
	wantCode(t, "a wrong secret", login(appID, "x", a.server.IssueCode(openID)), "40125")
	wantCode(t, "no application", login("x", secret, a.server.IssueCode(openID)), "40013")
	wantCode(t, "a second parameter of a name", a.get("/sns/jscode2session", url.Values{
		"appid": {appID}, "secret": {secret, "x"}, "js_code": {"a"}, "grant_type": {"authorization_code"},
	}), "40002")
	a.now = a.now.Add(6 * time.Minute)
	wantCode(t, "late", login(appID, secret, late), "40029")
}

func TestServer_token_isStableAndIsolated(t *testing.T) {
	t.Parallel()
	a := newApp(t)
	first := a.token(appID, "false")
	if first == "" || a.token(appID, "false") != first || a.token(service, "false") == first {
		t.Error("the token is not stable, or not the application's own")
	}
	call := func(token string) string {
		return a.post("/wxa/business/getuserphonenumber?access_token="+token, `{"code":"x"}`)
	}
	wantCode(t, "a good token", call(first), "40029")
	wantCode(t, "no token", call("x"), "40001")
	a.now = a.now.Add(2*time.Hour - 4*time.Minute)
	second := a.token(appID, "false")
	if second == first {
		t.Error("no new token near the end")
	}
	wantCode(t, "the one before, still good", call(first), "40029")
	a.now = a.now.Add(5 * time.Minute)
	wantCode(t, "the one before, expired", call(first), "42001")
	third := a.token(appID, "true")
	wantCode(t, "the one before a forced one", call(second), "40001")
	wantCode(t, "forced again at once", a.post("/cgi-bin/stable_token",
		`{"grant_type":"client_credential","appid":"`+appID+`","secret":"`+secret+`","force_refresh":true}`), "45009")
	for range 19 {
		a.now = a.now.Add(31 * time.Second)
		third = a.token(appID, "true")
	}
	a.now = a.now.Add(31 * time.Second)
	if got := a.token(appID, "true"); got != "" || third == "" {
		t.Error("forced a 21st time on one day")
	}
}

func TestServer_messages_followTheirTemplates(t *testing.T) {
	t.Parallel()
	a := newApp(t)
	path := "/cgi-bin/message/subscribe/send?access_token=" + a.token(appID, "false")
	good := `{"touser":"owner-openid","template_id":"template","page":"p","miniprogram_state":"formal","lang":"zh_CN","data":{"thing1":{"value":"v","color":""}}}`
	wantCode(t, "not agreed", a.post(path, good), "43101")
	a.form("/sandbox/accept", url.Values{"openid": {openID}, "template_id": {"template"}})
	wantCode(t, "another template", a.post(path, strings.Replace(good, `"template"`, `"x"`, 1)), "40037")
	wantCode(t, "nobody", a.post(path, strings.Replace(good, openID, "x", 1)), "40003")
	wantCode(t, "no page", a.post(path, strings.Replace(good, `"p"`, `""`, 1)), "41030")
	wantCode(t, "too long", a.post(path, strings.Replace(good, `"v"`, `"`+strings.Repeat("某", 21)+`"`, 1)), "47003")
	wantCode(t, "no field of a template", a.post(path, strings.Replace(good, "thing1", "name", 1)), "47003")
	if got := a.post(path, good); !strings.Contains(got, `"errcode":0`) || len(a.server.Messages()) != 1 {
		t.Errorf("got %s", got)
	}
	wantCode(t, "once only", a.post(path, good), "43101")
}

func TestNew_refusesToBeWithoutAnApplication(t *testing.T) {
	t.Parallel()
	if _, err := wechattest.New(wechattest.Options{}); err == nil {
		t.Error("got no error")
	}
}
