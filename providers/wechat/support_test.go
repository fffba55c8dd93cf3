package wechat_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"image/png"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/providers/kit"
	"renzheng/providers/wechat"
	"renzheng/providers/wechat/wechattest"
)

func supportUser() identity.ChannelUser {
	return identity.NewChannelUser(serviceID, "open_id", supportOpenID)
}

func TestServiceAccount_QRCode_isAPictureOfAScene(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	got, err := w.serviceAccount(t).QRCode(t.Context(), "ticket-_1", time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = png.Decode(bytes.NewReader(got.PNG)); err != nil {
		t.Errorf("the picture: %v", err)
	}
	if left := got.ExpiresAt.Sub(w.clock()); left > time.Hour || left < 59*time.Minute {
		t.Errorf("got %s left", left)
	}
	if scenes := w.server.Scenes(); len(scenes) != 1 || scenes[0] != "ticket-_1" {
		t.Errorf("got scenes %q", scenes)
	}
}

func TestServiceAccount_QRCode_refuses(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	service := w.serviceAccount(t)
	for name, tc := range map[string]struct {
		scene string
		life  time.Duration
	}{
		"no scene":              {"", time.Hour},
		"a scene of 65":         {strings.Repeat("a", 65), time.Hour},
		"a scene with signs":    {"a=b", time.Hour},
		"no life":               {"a", 0},
		"a life beyond 30 days": {"a", 31 * 24 * time.Hour},
	} {
		if _, err := service.QRCode(t.Context(), tc.scene, tc.life); err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
	if got := w.server.Calls(callQR); got != 0 {
		t.Errorf("got %d calls, want none", got)
	}
	for name, body := range map[string]string{"a page": "<html>", "a refusal": `{"errcode":40014}`, "nothing": ""} {
		w.server.Break(callQRPicture, wechattest.Fault{Body: []byte(body)})
		_, err := service.QRCode(t.Context(), "a", time.Hour)
		var failed *kit.CallError
		if !errors.As(err, &failed) || failed.Call != callQRPicture {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestServiceAccount_SetMenu_offersTheEntry(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	err := w.serviceAccount(t).SetMenu(t.Context(), []wechat.MenuEntry{
		{Name: "登记服务", Entries: []wechat.MenuEntry{
			{Name: "登记注册自然人身份验证系统", AppID: appID, Page: "pages/index/index", URL: "https://example.org/"},
			{Name: "常见问题", Key: "faq"},
		}},
		{Name: "网站", URL: "https://example.org/"},
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []struct {
		Name, Type, URL string
		SubButton       []struct{ Name, Type, AppID, PagePath, Key string } `json:"sub_button"`
	}
	if err = json.Unmarshal([]byte(w.server.Menu(serviceID)), &got); err != nil || len(got) != 2 || len(got[0].SubButton) != 2 {
		t.Fatalf("got %v, %v", got, err)
	}
	if first := got[0].SubButton[0]; first.Type != "miniprogram" || first.AppID != appID || got[0].SubButton[1].Key != "faq" {
		t.Errorf("got %+v", got)
	}
}

func TestServiceAccount_SetMenu_refuses(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	good := wechat.MenuEntry{Name: "a", Key: "k"}
	for name, entries := range map[string][]wechat.MenuEntry{
		"nothing":            nil,
		"four entries":       {good, good, good, good},
		"six below one":      {{Name: "a", Entries: []wechat.MenuEntry{good, good, good, good, good, good}}},
		"a long name":        {{Name: strings.Repeat("a", 17), Key: "k"}},
		"a long name below":  {{Name: "a", Entries: []wechat.MenuEntry{{Name: strings.Repeat("a", 61), Key: "k"}}}},
		"three levels":       {{Name: "a", Entries: []wechat.MenuEntry{{Name: "a", Entries: []wechat.MenuEntry{good}}}}},
		"an entry to no end": {{Name: "a"}},
		"no page":            {{Name: "a", AppID: appID, URL: "https://example.org/"}},
	} {
		if err := w.serviceAccount(t).SetMenu(t.Context(), entries); err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
}

func TestClient_NotifyTodo_onceForEachAgreement(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	client := w.client(t)
	if err := client.NotifyTodo(t.Context(), arrival(w)); !errors.Is(err, wechat.ErrNotSubscribed) {
		t.Errorf("without agreement: got %v", err)
	}
	w.server.Accept(ownerOpenID, template)
	long := arrival(w)
	long.Registry = strings.Repeat("某", 30)
	long.ArrivedAt = time.Date(2026, 3, 1, 23, 30, 0, 0, time.UTC)
	if err := client.NotifyTodo(t.Context(), long); err != nil {
		t.Fatal(err)
	}
	if err := client.NotifyTodo(t.Context(), long); !errors.Is(err, wechat.ErrNotSubscribed) {
		t.Errorf("a second: got %v", err)
	}
	sent := w.server.Messages()
	if len(sent) != 1 || sent[0].Page != "pages/todos/index" || sent[0].Data["time2"] != "2026年03月02日 07:30" {
		t.Errorf("got %+v", sent)
	}
}

func TestClient_NotifyTodo_isSentToAccountsOfTheMiniProgramOnly(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := arrival(w)
	a.User = supportUser()
	if err := w.client(t).NotifyTodo(t.Context(), a); err == nil || w.server.Calls(callSubscribe) != 0 {
		t.Errorf("got %v", err)
	}
	w.config.Todo = wechat.TodoTemplate{}
	if err := w.client(t).NotifyTodo(t.Context(), arrival(w)); err == nil || w.server.Calls(callSubscribe) != 0 {
		t.Errorf("without a template: got %v", err)
	}
}
