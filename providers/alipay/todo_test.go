package alipay_test

import (
	"errors"
	"maps"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/providers/alipay"
	"renzheng/providers/alipay/alipaytest"
	"renzheng/providers/kit"
)

func arrival() alipay.TodoArrival {
	at := time.Date(2026, 3, 1, 23, 30, 0, 0, time.UTC)
	return alipay.TodoArrival{
		User: identity.NewChannelUser(appID, "open_id", ownerOpenID), Registry: "样例市市场监督管理局", ArrivedAt: at, ExpiresAt: at.AddDate(0, 0, 7),
	}
}

func TestClient_NotifyTodo_onceForEachAgreement(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	client := w.client(t)
	if err := client.NotifyTodo(t.Context(), arrival()); !errors.Is(err, alipay.ErrNotSubscribed) {
		t.Errorf("without agreement: got %v", err)
	}
	w.gateway.Accept(ownerOpenID, template)
	long := arrival()
	long.Registry = strings.Repeat("某", 60)
	if err := client.NotifyTodo(t.Context(), long); err != nil {
		t.Fatal(err)
	}
	if err := client.NotifyTodo(t.Context(), long); !errors.Is(err, alipay.ErrNotSubscribed) {
		t.Errorf("a second: got %v", err)
	}
	want := map[string]string{
		"keyword1": strings.Repeat("某", 49) + "…", "keyword2": "2026年03月02日 07:30", "keyword3": "2026年03月09日 07:30",
	}
	sent := w.gateway.Messages()
	if len(sent) != 1 || sent[0].OpenID != ownerOpenID || sent[0].Page != "pages/screen/index" || !maps.Equal(sent[0].Data, want) {
		t.Errorf("got %+v", sent)
	}
}

func TestClient_NotifyTodo_findsAnAccountByItsUserID(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	old := w.people[otherOpenID]
	old.UserID, old.UserIDOnly = "2088000000000002", true
	w.people[otherOpenID] = old
	w.gateway.Accept(ownerOpenID, template)
	w.gateway.Accept(otherOpenID, template)
	a := arrival()
	a.User = identity.NewChannelUser(appID, "user_id", old.UserID)
	if err := w.client(t).NotifyTodo(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	if sent := w.gateway.Messages(); len(sent) != 1 || sent[0].OpenID != otherOpenID {
		t.Errorf("got %+v", sent)
	}
}

func TestClient_NotifyTodo_isSentToAccountsOfTheMiniProgramOnly(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	client := w.client(t)
	for name, user := range map[string]identity.ChannelUser{
		"another application's": identity.NewChannelUser("2021000000000002", "open_id", ownerOpenID),
		"of another kind":       identity.NewChannelUser(appID, "phone", ownerOpenID),
		"malformed":             identity.NewChannelUser(appID, "open_id", "a b"),
	} {
		a := arrival()
		a.User = user
		if err := client.NotifyTodo(t.Context(), a); err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
	w.config.Todo = alipay.TodoTemplate{}
	if err := w.client(t).NotifyTodo(t.Context(), arrival()); err == nil {
		t.Error("without a template: got no error")
	}
	if got := w.gateway.Calls(methodMessage); got != 0 {
		t.Errorf("got %d calls, want none", got)
	}
}

// An operator's mistake and an unsigned answer are not the person's decision.
func TestClient_NotifyTodo_acceptsOnlyASignedRejectionAsThePersons(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.gateway.Accept(ownerOpenID, template)
	client := w.client(t)
	for name, tc := range map[string]struct {
		fault alipaytest.Fault
		none  bool
	}{
		"unsubscribed since":          {alipaytest.Fault{Answer: `{"code":"40004","sub_code":"USER_UNSUBSCRIBED"}`}, true},
		"unknown template":            {alipaytest.Fault{Answer: `{"code":"40004","sub_code":"USER_TEMPLATE_ILLEGAL"}`}, false},
		"a keyword is missing":        {alipaytest.Fault{Answer: `{"code":"40004","sub_code":"USER_TEMPLATE_LACK_KEYWORD"}`}, false},
		"no right to the call":        {alipaytest.Fault{Answer: `{"code":"40006","sub_code":"isv.insufficient-isv-permissions"}`}, false},
		"the service is down":         {alipaytest.Fault{Answer: `{"code":"20000","sub_code":"isp.SUBSCRIBE_ERROR"}`}, false},
		"an answer that is unsigned":  {alipaytest.Fault{Body: []byte(`{"error_response":{"code":"40004","sub_code":"USER_NOT_SUBSCRIBE"}}`)}, false},
		"a success that nobody signs": {alipaytest.Fault{Unsigned: true}, false},
		"an answer of null":           {alipaytest.Fault{Answer: `null`}, false},
		"no answer":                   {alipaytest.Fault{Status: 502}, false},
	} {
		w.gateway.Break(methodMessage, tc.fault)
		err := client.NotifyTodo(t.Context(), arrival())
		var failed *kit.CallError
		if !errors.As(err, &failed) || errors.Is(err, alipay.ErrNotSubscribed) != tc.none {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
