package wechat_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/providers/kit"
	"renzheng/providers/wechat/wechattest"
	"renzheng/session"
)

func TestClient_Authorize_givesTheOpenID(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	got, err := w.client(t).Authorize(t.Context(), w.server.IssueCode(ownerOpenID))
	if want := identity.NewChannelUser(appID, "open_id", ownerOpenID); err != nil || got != want {
		t.Errorf("got %#v, %v, want %#v", got, err, want)
	}
	if w.server.Calls(callToken) != 0 {
		t.Error("a login asked for an access token")
	}
}

func TestClient_Authorize_tellsInvalidFromUnavailable(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.people["blocked"] = wechattest.Person{AppID: appID, OpenID: "blocked", Blocked: true}
	w.people["foreign"] = wechattest.Person{AppID: serviceID, OpenID: "foreign"}
	client := w.client(t)
	used, late := w.server.IssueCode(ownerOpenID), w.server.IssueCode(ownerOpenID)
	if _, err := client.Authorize(t.Context(), used); err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		code string
		want error
	}{
		"used before":              {used, session.ErrCodeInvalid},
		"never issued":             {strings.Repeat("0", 32), session.ErrCodeInvalid},
		"of another application":   {w.server.IssueCode("foreign"), session.ErrCodeInvalid},
		"of the phone button":      {w.server.IssuePhoneCode(ownerOpenID), session.ErrCodeInvalid},
		"of an account that risks": {w.server.IssueCode("blocked"), session.ErrAccountBarred},
	} {
		if _, err := client.Authorize(t.Context(), tc.code); !errors.Is(err, tc.want) {
			t.Errorf("%s: got %v, want %v", name, err, tc.want)
		}
	}
	w.pass(6 * time.Minute)
	if _, err := client.Authorize(t.Context(), late); !errors.Is(err, session.ErrCodeInvalid) {
		t.Errorf("expired: got %v", err)
	}
}

func TestClient_Authorize_isUnavailableWhenWeChatIs(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]wechattest.Fault{
		"hangs":                   {Hang: true},
		"drops the connection":    {Drop: true},
		"is busy":                 {Errcode: -1},
		"limits us":               {Errcode: 45011},
		"answers with a page":     {Status: 502},
		"answers nothing":         {Body: []byte(``)},
		"answers null":            {Body: []byte(`null`)},
		"leaves the openid out":   {Body: []byte(`{"session_key":"k"}`)},
		"sends a strange openid":  {Body: []byte(`{"openid":"a b"}`)},
		"sends a code in words":   {Body: []byte(`{"openid":"abc","errcode":"ok"}`)},
		"refuses in a text":       {Body: []byte(`{"openid":"abc","errcode":"-1"}`)},
		"sends us somewhere else": {Location: "https://example.org/"},
		"sends too much":          {Body: []byte(`{"openid":"abc","x":"` + strings.Repeat("x", 70<<10) + `"}`)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newFixture(t)
			w.config.Timeout = 500 * time.Millisecond
			w.server.Break(callSession, fault)
			_, err := w.client(t).Authorize(t.Context(), w.server.IssueCode(ownerOpenID))
			var failed *kit.CallError
			if !errors.Is(err, session.ErrUnavailable) || !errors.As(err, &failed) || failed.Call != callSession {
				t.Errorf("got %v, want %v", err, session.ErrUnavailable)
			}
			if got := w.server.Calls(callSession); got != 1 {
				t.Errorf("got %d calls, want the code sent once", got)
			}
		})
	}
}
