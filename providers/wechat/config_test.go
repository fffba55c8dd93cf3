package wechat_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/providers/wechat"
)

func TestConfig_Validate_reportsAllProblemsTogether(t *testing.T) {
	t.Parallel()
	err := wechat.Config{
		App: wechat.App{
			AppID: "a b", AppSecret: identity.NewSecret("the secret!"), API: "http://api.example", Pages: "ftp://x", Proxy: "socks5://x", Timeout: time.Hour,
		},
		Todo: wechat.TodoTemplate{ID: "x"},
	}.Validate()
	if err == nil {
		t.Fatal("got no problem")
	}
	for _, want := range []string{"AppID:", "AppSecret:", "API:", "Pages:", "Proxy:", "Timeout:", "Todo.Registry:"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is missing in %q", want, err)
		}
	}
	if strings.Contains(err.Error(), "the secret!") {
		t.Errorf("the secret is in %q", err)
	}
}

func TestConfig_Validate_refuses(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	for name, tc := range map[string]struct {
		change func(*wechat.Config)
		want   string
	}{
		"an app id of another kind":   {func(c *wechat.Config) { c.AppID = "2021000000000001ab" }, "AppID"},
		"an api with a path":          {func(c *wechat.Config) { c.API = "https://h/path" }, "not have a path"},
		"an api with a password":      {func(c *wechat.Config) { c.API = "https://u:p@h" }, "not have a user"},
		"an api that is not absolute": {func(c *wechat.Config) { c.API = "api" }, "absolute"},
		"less than no time":           {func(c *wechat.Config) { c.Timeout = -1 }, "Timeout"},
		"no store of tokens":          {func(c *wechat.Config) { c.Tokens = nil }, "Tokens"},
		"no leases":                   {func(c *wechat.Config) { c.Leases = nil }, "Leases"},
		"no clock":                    {func(c *wechat.Config) { c.Clock = nil }, "Clock"},
		"a template without fields":   {func(c *wechat.Config) { c.Todo = wechat.TodoTemplate{ID: "a", Page: "p"} }, "at least one field"},
		"a page with a slash":         {func(c *wechat.Config) { c.Todo.Page = "/pages" }, "leading slash"},
		"a template without a page":   {func(c *wechat.Config) { c.Todo.Page = "" }, "Todo.Page"},
		"a field that is none":        {func(c *wechat.Config) { c.Todo.Arrived = "a b" }, "Todo.Arrived"},
		"a state that is none":        {func(c *wechat.Config) { c.Todo.State = "draft" }, "Todo.State"},
	} {
		config := w.config
		tc.change(&config)
		if _, err := wechat.New(config); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got %v, want %q", name, err, tc.want)
		}
	}
}

func TestServiceConfig_Validate_refuses(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	for name, tc := range map[string]struct {
		change func(*wechat.ServiceConfig)
		want   string
	}{
		"no push token":          {func(c *wechat.ServiceConfig) { c.PushToken = identity.Secret{} }, "PushToken"},
		"a push token of signs":  {func(c *wechat.ServiceConfig) { c.PushToken = identity.NewSecret("a b c") }, "PushToken"},
		"no key":                 {func(c *wechat.ServiceConfig) { c.EncodingAESKey = identity.Secret{} }, "EncodingAESKey"},
		"a key of 42 characters": {func(c *wechat.ServiceConfig) { c.EncodingAESKey = identity.NewSecret(aesKey[1:]) }, "EncodingAESKey"},
		"a key that is no key":   {func(c *wechat.ServiceConfig) { c.EncodingAESKey = identity.NewSecret("!" + aesKey[1:]) }, "EncodingAESKey"},
		"no nonces":              {func(c *wechat.ServiceConfig) { c.Nonces = nil }, "Nonces"},
		"no app":                 {func(c *wechat.ServiceConfig) { c.AppID = "" }, "AppID"},
	} {
		config := w.service
		tc.change(&config)
		if _, err := wechat.NewServiceAccount(config); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got %v, want %q", name, err, tc.want)
		}
	}
}

func TestApp_Official(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		app  wechat.App
		want bool
	}{
		"by default":               {wechat.App{}, true},
		"by name":                  {wechat.App{API: wechat.OfficialAPI, Pages: wechat.OfficialPages}, true},
		"calls go elsewhere":       {wechat.App{API: "https://wechat.internal.example"}, false},
		"pictures come from there": {wechat.App{Pages: "https://wechat.internal.example"}, false},
		"a look-alike":             {wechat.App{API: "https://api.weixin.qq.com.example"}, false},
		"the same without TLS":     {wechat.App{API: "http://api.weixin.qq.com"}, false},
		"another port":             {wechat.App{API: "https://api.weixin.qq.com:8443"}, false},
	} {
		if got := tc.app.Official(); got != tc.want {
			t.Errorf("%s: got %t, want %t", name, got, tc.want)
		}
	}
}

func TestSecret_masksItself(t *testing.T) {
	t.Parallel()
	config := wechat.ServiceConfig{App: wechat.App{AppSecret: identity.NewSecret("the-key")}, PushToken: identity.NewSecret("the-key"), EncodingAESKey: identity.NewSecret("the-key")}
	token := wechat.Token{Value: identity.NewSecret("the-key")}
	encoded, err := json.Marshal([]any{config.AppSecret, config.PushToken, token})
	if err != nil {
		t.Fatal(err)
	}
	if shown := fmt.Sprintf("%v %+v %#v %v %#v %s", config, config, config, token, token, encoded); strings.Contains(shown, "the-key") {
		t.Errorf("the key is in %q", shown)
	}
}
