package alipaytest_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"renzheng/providers/alipay/alipaytest"
)

func (a *app) redeem(code string) string {
	a.t.Helper()
	p := a.parameters("alipay.system.oauth.token", "")
	p.Set("grant_type", "authorization_code")
	p.Set("code", code)
	return a.post("/gateway.do", a.sign(p))
}

func (a *app) profile(token string) string {
	a.t.Helper()
	p := a.parameters("alipay.user.info.share", "")
	p.Set("auth_token", token)
	return a.post("/gateway.do", a.sign(p))
}

func accessToken(t *testing.T, body string) string {
	t.Helper()
	var answer struct {
		Response struct {
			AccessToken string `json:"access_token"`
		} `json:"alipay_system_oauth_token_response"`
	}
	if err := json.Unmarshal([]byte(body), &answer); err != nil {
		t.Fatal(err)
	}
	return answer.Response.AccessToken
}

func TestGateway_token_isForOneUseOfOneApplicationAndSoon(t *testing.T) {
	t.Parallel()
	a := newApp(t)
	good := a.gateway.IssueCode(openID, alipaytest.ScopeBase)
	if got := a.redeem(good); !strings.Contains(got, `"open_id":"`+openID+`"`) || accessToken(t, got) == "" {
		t.Errorf("got %s, want a token", got)
	}
	late := a.gateway.IssueCode(openID, alipaytest.ScopeBase)
	for name, code := range map[string]string{
		"used before":            good,
		"of another application": a.gateway.IssueForeignCode(openID, alipaytest.ScopeBase),
		"of nobody":              a.gateway.IssueCode("nobody", alipaytest.ScopeBase),
		"never issued":           "abc",
	} {
		if got := a.redeem(code); !strings.Contains(got, "isv.code-invalid") {
			t.Errorf("%s: got %s", name, got)
		}
	}
	a.now = a.now.Add(4 * time.Minute)
	if got := a.redeem(late); !strings.Contains(got, "isv.code-invalid") {
		t.Errorf("expired: got %s", got)
	}
}

func TestGateway_token_adoptsACodeOfAToolOnce(t *testing.T) {
	t.Parallel()
	a := newApp(t)
	a.adopter = openID
	if got := a.profile(accessToken(t, a.redeem("of-a-tool"))); !strings.Contains(got, `"cert_no":"11010519491231002X"`) {
		t.Errorf("got %s, want the adopter's name and number", got)
	}
	if got := a.redeem("of-a-tool"); !strings.Contains(got, "isv.code-invalid") {
		t.Errorf("the same code again: got %s", got)
	}
}

func TestGateway_profile_asksForTheScope(t *testing.T) {
	t.Parallel()
	a := newApp(t)
	base := accessToken(t, a.redeem(a.gateway.IssueCode(openID, alipaytest.ScopeBase)))
	user := accessToken(t, a.redeem(a.gateway.IssueCode(openID, alipaytest.ScopeUser)))
	if got := a.profile(base); !strings.Contains(got, "isv.insufficient-user-permissions") {
		t.Errorf("silent scope: got %s", got)
	}
	if got := a.profile(user); !strings.Contains(got, `"cert_no":"11010519491231002X"`) {
		t.Errorf("identity scope: got %s", got)
	}
	if got := a.profile("forged"); !strings.Contains(got, "aop.invalid-auth-token") {
		t.Errorf("unknown token: got %s", got)
	}
	a.now = a.now.Add(2 * time.Hour)
	if got := a.profile(user); !strings.Contains(got, "aop.invalid-auth-token") {
		t.Errorf("expired token: got %s", got)
	}
}

func TestGateway_code_isIssuedOverHTTPToKnownAccounts(t *testing.T) {
	t.Parallel()
	a := newApp(t)
	var got struct {
		AuthCode string `json:"auth_code"`
	}
	body := a.post("/sandbox/code", url.Values{"open_id": {openID}, "scope": {alipaytest.ScopeUser}})
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		t.Fatal(err)
	}
	if token := accessToken(t, a.redeem(got.AuthCode)); !strings.Contains(a.profile(token), "cert_no") {
		t.Error("the code is not of the scope that was asked for")
	}
	if body := a.post("/sandbox/code", url.Values{"open_id": {"nobody"}}); strings.Contains(body, "auth_code") {
		t.Errorf("nobody: got %s", body)
	}
}
