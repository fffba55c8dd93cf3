package wechatpay_test

import (
	"errors"
	"maps"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/providers/fakes"
	"renzheng/providers/kit"
	"renzheng/providers/wechatpay"
	"renzheng/providers/wechatpay/wechatpaytest"
	"renzheng/session"
)

func TestCheckOwner(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for _, tt := range []struct {
		name, user string
		document   identity.Document
		want       session.OwnerVerdict
	}{
		{"the owner", openID, document(t, identity.ResidentID, number, "张三"), session.OwnerMatches},
		{"another name", openID, document(t, identity.ResidentID, number, "李四"), session.OwnerDiffers},
		{"another number", openID, document(t, identity.ResidentID, "110105199001011232", "张三"), session.OwnerDiffers},
		{"another type of document", "traveller", document(t, identity.ResidentID, number, "张三"), session.OwnerUnknown},
		{"a passport", "traveller", document(t, identity.Passport, "E12345678", "张三"), session.OwnerMatches},
		{"an account without an owner", "unverified", document(t, identity.ResidentID, number, "张三"), session.OwnerUnknown},
	} {
		got, err := f.CheckOwner(t.Context(), session.OwnerQuery{User: user(tt.user), Code: f.consent(t, tt.user), Document: tt.document})
		if err != nil || got != tt.want {
			t.Errorf("%s: got %q, %v, want %q", tt.name, got, err, tt.want)
		}
	}
}

func TestCheckOwner_UsesACodeOnceInTimeAndForItsUser(t *testing.T) {
	t.Parallel()
	f, d := newFixture(t), document(t, identity.ResidentID, number, "张三")
	ask := func(id, code string) error {
		_, err := f.CheckOwner(t.Context(), session.OwnerQuery{User: user(id), Code: code, Document: d})
		return err
	}
	code := f.consent(t, openID)
	if err := ask(openID, code); err != nil {
		t.Fatal(err)
	}
	late, others := f.consent(t, openID), f.consent(t, "traveller")
	for name, err := range map[string]error{
		"used": ask(openID, code), "of another user": ask(openID, others), "made up": ask(openID, "ABC"), "malformed": ask(openID, "a&b=c"),
	} {
		if !errors.Is(err, session.ErrCodeInvalid) {
			t.Errorf("%s: got %v, want ErrCodeInvalid", name, err)
		}
	}
	f.pass(10 * time.Minute)
	if err := ask(openID, late); !errors.Is(err, session.ErrCodeInvalid) {
		t.Errorf("after ten minutes: got %v, want ErrCodeInvalid", err)
	}
}

func TestCheckOwner_Failures(t *testing.T) {
	t.Parallel()
	d := document(t, identity.ResidentID, number, "张三")
	for name, tt := range map[string]struct {
		call  string
		fault wechatpaytest.Fault
		code  string
		state kit.Health
	}{
		"no permission":            {wechatpaytest.CallVerify, wechatpaytest.Fault{Code: "SYSTEM_ERROR [104]"}, "SYSTEM_ERROR [104]", kit.Failing},
		"a sentence as a code":     {wechatpaytest.CallVerify, wechatpaytest.Fault{Code: "非法请求"}, "rejected", kit.Healthy},
		"a wrong signature":        {wechatpaytest.CallVerify, wechatpaytest.Fault{Unsigned: true}, kit.CodeUnreadable, kit.Failing},
		"a rejection not signed":   {wechatpaytest.CallVerify, wechatpaytest.Fault{Unsigned: true, Code: "SYSTEM_ERROR"}, kit.CodeUnreadable, kit.Failing},
		"a page instead":           {wechatpaytest.CallVerify, wechatpaytest.Fault{Fault: fakes.Fault{Body: []byte("<html/>")}}, kit.CodeUnreadable, kit.Failing},
		"a broken line":            {wechatpaytest.CallVerify, wechatpaytest.Fault{Fault: fakes.Fault{Drop: true}}, kit.CodeBroken, kit.Failing},
		"another status":           {wechatpaytest.CallToken, wechatpaytest.Fault{Fault: fakes.Fault{Status: 502}}, kit.CodeStatus, kit.Failing},
		"no token in the exchange": {wechatpaytest.CallToken, wechatpaytest.Fault{Fault: fakes.Fault{Body: []byte(`{"retcode":0}`)}}, kit.CodeUnreadable, kit.Failing},
		"a limit of the exchange":  {wechatpaytest.CallToken, wechatpaytest.Fault{Code: "132819009"}, "132819009", kit.Healthy},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			code := f.consent(t, openID)
			f.pay.Break(tt.call, tt.fault, 1)
			_, err := f.CheckOwner(t.Context(), session.OwnerQuery{User: user(openID), Code: code, Document: d})
			failed, ok := errors.AsType[*kit.CallError](err)
			if !ok || failed.Code != tt.code || failed.State != tt.state || !errors.Is(err, session.ErrUnavailable) {
				t.Fatalf("got %v, want %s", err, tt.code)
			}
			for _, secret := range []string{key, openID, code, number, "张三"} {
				if strings.Contains(err.Error(), secret) {
					t.Errorf("the error has %s", secret)
				}
			}
		})
	}
}

func TestOwnerCall_IsSignedForOneAccount(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	call, err := f.OwnerCall(user(openID))
	if err != nil || call.AppID != "wx88736d7d39e2eda6" || call.Path != "pages/oauth/authindex" {
		t.Fatalf("got %+v, %v", call, err)
	}
	for name, change := range map[string]func(map[string]string){
		"another openid":    func(d map[string]string) { d["openid"] = "traveller" },
		"another merchant":  func(d map[string]string) { d["mch_id"] = "1" },
		"another scope":     func(d map[string]string) { d["scope"] = "pay_realname" },
		"another nonce":     func(d map[string]string) { d["nonce_str"] = "n" },
		"no signature":      func(d map[string]string) { d["sign"] = "" },
		"a foreign element": func(d map[string]string) { d["state"] = "s" },
	} {
		changed := maps.Clone(call.Data)
		change(changed)
		if code, problem := f.pay.Consent(changed); code != "" || problem == "" {
			t.Errorf("%s: WeChat Pay gave a code", name)
		}
	}
	for _, other := range []identity.ChannelUser{
		identity.NewChannelUser("wx1111111111111111", "open_id", openID), identity.NewChannelUser(appID, "user_id", openID), {},
	} {
		if _, err := f.OwnerCall(other); !errors.Is(err, session.ErrUnavailable) {
			t.Errorf("%v: got %v, want ErrUnavailable", other, err)
		}
		if _, err := f.CheckOwner(t.Context(), session.OwnerQuery{User: other, Code: "A"}); !errors.Is(err, session.ErrUnavailable) {
			t.Errorf("%v: got %v, want ErrUnavailable", other, err)
		}
	}
}

// A server with another key is another WeChat Pay: neither believes the other.
func TestCheckOwner_WithAnotherKey(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	code := f.consent(t, openID)
	other := configOf(f.server.URL)
	other.Key = identity.NewSecret(strings.Repeat("x", 32))
	client, err := wechatpay.New(other)
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.CheckOwner(t.Context(), session.OwnerQuery{User: user(openID), Code: code, Document: document(t, identity.ResidentID, number, "张三")})
	if failed, ok := errors.AsType[*kit.CallError](err); !ok || failed.Code != "132819003" {
		t.Errorf("got %v, want a rejected signature", err)
	}
	server := httptest.NewServer(nil)
	server.Close()
	if client, err = wechatpay.New(configOf(server.URL)); err != nil {
		t.Fatal(err)
	}
	_, err = client.CheckOwner(t.Context(), session.OwnerQuery{User: user(openID), Code: code, Document: document(t, identity.ResidentID, number, "张三")})
	if failed, ok := errors.AsType[*kit.CallError](err); !ok || failed.Code != kit.CodeNotSent {
		t.Errorf("got %v, want not_sent", err)
	}
}
