package wechattest_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"renzheng/providers/fakes"
	"renzheng/providers/wechat/wechattest"
)

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
		{openID, wechattest.ActionCancel, `"errCode":90004`},
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
	a.fate = fakes.FaceFate{Tries: []fakes.Outcome{fakes.PoorLight, "10052", fakes.Passes}}
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
