package wechattest_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"renzheng/providers/wechat/wechattest"
)

const (
	appID   = "wx00000000000000aa"
	secret  = "the-secret"
	service = "wx00000000000000bb"
	openID  = "owner-openid"
	other   = "other-openid"
	certify = `{"out_seq_no":"att_1","openid":"owner-openid","cert_info":{"cert_type":"IDENTITY_CARD","cert_name":"张三","cert_no":"11010519491231002X"}}`
	// certHash is that of certify's cert_info, reckoned by another program.
	certHash = "471b502b022b21f3e120c5deb08295259bd77cac82956ebffc055c6fced73ce0"
)

// app is an application that calls without any SDK.
type app struct {
	t       *testing.T
	server  *wechattest.Server
	address string
	now     time.Time // of the server; fixed
	fate    wechattest.Fate
}

func newApp(t *testing.T) *app {
	t.Helper()
	a := &app{t: t, now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	made, err := wechattest.New(wechattest.Options{
		Apps:      []wechattest.App{{ID: appID, Secret: secret}, {ID: service, Secret: secret}},
		Templates: []string{"template"},
		Clock:     func() time.Time { return a.now },
		Persons: func(id string) (wechattest.Person, bool) {
			return wechattest.Person{AppID: appID, OpenID: id, Phone: "13800138000"}, id == openID || id == other
		},
		Fate: func(string, string) wechattest.Fate { return a.fate },
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(made.Handler())
	t.Cleanup(server.Close)
	a.server, a.address = made, server.URL
	return a
}

func (a *app) do(request *http.Request) string {
	a.t.Helper()
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		a.t.Fatal(err)
	}
	body, err := io.ReadAll(response.Body)
	if err = errors.Join(err, response.Body.Close()); err != nil {
		a.t.Fatal(err)
	}
	return string(body)
}

func (a *app) request(method, path, contentType, body string) *http.Request {
	a.t.Helper()
	request, err := http.NewRequestWithContext(a.t.Context(), method, a.address+path, strings.NewReader(body))
	if err != nil {
		a.t.Fatal(err)
	}
	request.Header.Set("Content-Type", contentType)
	return request
}

func (a *app) post(path, body string) string {
	a.t.Helper()
	return a.do(a.request(http.MethodPost, path, "application/json", body))
}

func (a *app) get(path string, query url.Values) string {
	a.t.Helper()
	return a.do(a.request(http.MethodGet, path+"?"+query.Encode(), "", ""))
}

func (a *app) form(path string, values url.Values) string {
	a.t.Helper()
	request := a.request(http.MethodPost, path, "application/x-www-form-urlencoded", values.Encode())
	request.Header.Set("Accept", "application/json")
	return a.do(request)
}

func (a *app) token(id, force string) string {
	a.t.Helper()
	body := a.post("/cgi-bin/stable_token",
		`{"grant_type":"client_credential","appid":"`+id+`","secret":"`+secret+`","force_refresh":`+force+`}`)
	return a.field(body, "access_token")
}

func (a *app) field(body, name string) string {
	a.t.Helper()
	var got map[string]any
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		a.t.Fatalf("got %s, %v", body, err)
	}
	text, _ := got[name].(string)
	return text
}

func wantCode(t *testing.T, name, body, code string) {
	t.Helper()
	if !strings.Contains(body, `"errcode":`+code+`,`) {
		t.Errorf("%s: got %s, want errcode %s", name, body, code)
	}
}

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

func TestServer_check_refuses(t *testing.T) {
	t.Parallel()
	a := newApp(t)
	path := "/cityservice/face/identify/getverifyid?access_token=" + a.token(appID, "false")
	good := a.post(path, certify)
	if a.field(good, "verify_id") == "" {
		t.Fatalf("got %s", good)
	}
	fresh := strings.Replace(certify, "att_1", "att_2", 1)
	for name, tc := range map[string]struct{ body, code string }{
		"an order number twice":      {certify, "40097"},
		"an order number of 4":       {strings.Replace(certify, "att_1", "att1", 1), "40097"},
		"an order number of 33":      {strings.Replace(certify, "att_1", strings.Repeat("a", 33), 1), "40097"},
		"a permit":                   {strings.Replace(fresh, "IDENTITY_CARD", "PASSPORT", 1), "40097"},
		"no name":                    {strings.Replace(fresh, "张三", "", 1), "40097"},
		"nobody":                     {strings.Replace(fresh, "owner-openid", "nobody", 1), "40003"},
		"a field it does not know":   {strings.Replace(fresh, `"openid"`, `"x":1,"openid"`, 1), "47001"},
		"two objects":                {fresh + "{}", "47001"},
		"an account of another app":  {fresh, "40003"},
		"a token beside other query": {fresh, "41001"},
	} {
		to := path
		switch name {
		case "an account of another app":
			to = "/cityservice/face/identify/getverifyid?access_token=" + a.token(service, "false")
		case "a token beside other query":
			to += "&x=y"
		}
		wantCode(t, name, a.post(to, tc.body), tc.code)
	}
}

func TestServer_check_isDecidedOnceByItsOwnAccount(t *testing.T) {
	t.Parallel()
	a := newApp(t)
	token := a.token(appID, "false")
	id := a.field(a.post("/cityservice/face/identify/getverifyid?access_token="+token, certify), "verify_id")
	act := func(who, action string) string {
		return a.form("/sandbox/face", url.Values{"verify_id": {id}, "openid": {who}, "action": {action}})
	}
	query := func(call, openID, hash string) string {
		return a.post("/cityservice/face/identify/"+call+"?access_token="+token,
			`{"verify_id":"`+id+`","out_seq_no":"att_1","openid":"`+openID+`","cert_hash":"`+hash+`"}`)
	}
	if got := a.get("/sandbox/face", url.Values{"verify_id": {id}}); !strings.Contains(got, "微信人脸核身(模拟)") || !strings.Contains(got, openID) {
		t.Errorf("got a page that does not say what it is: %s", got)
	}
	if got := a.get("/sandbox/face", url.Values{"verify_id": {"x"}}); strings.Contains(got, "<form") {
		t.Errorf("no such check: got %s", got)
	}
	if got := query("queryverifyinfo", openID, certHash); strings.Contains(got, "verify_ret") || !strings.Contains(got, `"errcode":0`) {
		t.Errorf("unfinished: got %s", got)
	}
	for _, step := range []struct{ who, action, want string }{
		{other, wechattest.ActionPass, `"errCode":90199`},
		{openID, "bribe", `"errCode":90199`},
		{openID, wechattest.ActionPass, `"errCode":0`},
		{openID, wechattest.ActionPass, `"errCode":90104`},
	} {
		if got := act(step.who, step.action); !strings.Contains(got, step.want) {
			t.Errorf("%s by %s: got %s, want %s", step.action, step.who, got, step.want)
		}
	}
	wantCode(t, "another account", query("queryverifyinfo", other, certHash), "84003")
	wantCode(t, "another document", query("queryverifyinfo", openID, "00"), "84003")
	if got := query("queryverifyinfo", openID, certHash); !strings.Contains(got, `"verify_ret":10000`) {
		t.Errorf("got %s, want a pass", got)
	}
	if got := query("getimage", openID, certHash); !strings.HasPrefix(got, "\xff\xd8") {
		t.Error("got no picture")
	}
}

func TestServer_check_followsThePersonsFate(t *testing.T) {
	t.Parallel()
	a := newApp(t)
	a.fate = wechattest.Fate{Tries: []wechattest.Outcome{wechattest.PoorLight, "10052", wechattest.Passes}}
	for i, want := range []string{"10005", "10052", "0", "0"} {
		body := strings.Replace(certify, "att_1", "att_fate"+string(rune('0'+i)), 1)
		id := a.field(a.post("/cityservice/face/identify/getverifyid?access_token="+a.token(appID, "false"), body), "verify_id")
		got := a.form("/sandbox/face", url.Values{"verify_id": {id}, "openid": {openID}, "action": {wechattest.ActionPass}})
		if !strings.Contains(got, `"errCode":`+want+`,`) {
			t.Errorf("try %d: got %s, want %s", i, got, want)
		}
	}
	late := a.field(a.post("/cityservice/face/identify/getverifyid?access_token="+a.token(appID, "false"), certify), "verify_id")
	a.now = a.now.Add(61 * time.Minute)
	if got := a.form("/sandbox/face", url.Values{"verify_id": {late}, "openid": {openID}, "action": {wechattest.ActionPass}}); !strings.Contains(got, "too old") {
		t.Errorf("late: got %s", got)
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
