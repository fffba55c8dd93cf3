package main

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/providers/alipay/alipaytest"
	"renzheng/providers/wechat/wechattest"
	"renzheng/sql/storetest"
	"renzheng/test/harness"
	"renzheng/todo"
)

// notifying is a channel with its simulated platform.
type notifying struct {
	app    string
	accept func(openID, template string)
	fail   func()            // the platform answers nothing that makes sense
	mend   func()            // ends that
	texts  func() [][]string // of what was delivered
}

const (
	alipayMessage = "alipay.open.app.mini.templatemessage.send"
	wechatMessage = "cgi-bin/message/subscribe/send"
)

func notifyingChannels(s *harness.Sandbox) map[string]notifying {
	return map[string]notifying{
		"alipay": {
			app: s.Settings["BFF_ALIPAY_APP_ID"], accept: s.Alipay.Accept,
			fail: func() { s.Alipay.Break(alipayMessage, alipaytest.Fault{Unsigned: true}) },
			mend: func() { s.Alipay.Mend(alipayMessage) },
			texts: func() (all [][]string) {
				for _, m := range s.Alipay.Messages() {
					all = append(all, slices.Sorted(maps.Values(m.Data)))
				}
				return all
			},
		},
		"wechat": {
			app: s.Settings["BFF_WECHAT_APP_ID"], accept: s.WeChat.Accept,
			fail: func() { s.WeChat.Break(wechatMessage, wechattest.Fault{Body: []byte("<html>")}) },
			mend: func() { s.WeChat.Mend(wechatMessage) },
			texts: func() (all [][]string) {
				for _, m := range s.WeChat.Messages() {
					all = append(all, slices.Sorted(maps.Values(m.Data)))
				}
				return all
			},
		},
	}
}

// Every channel delivers one message for each agreement, whatever happens on the way.
func TestNotifiers_KeepTheSameRules(t *testing.T) {
	t.Parallel()
	sandbox, err := harness.New(t.Context(), harness.Options{Data: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sandbox.Close() })
	c, err := settingsOf(t, sandbox.Settings.With(harness.Settings{"BFF_LISTEN": "127.0.0.1:8080"}))
	if err != nil {
		t.Fatal(err)
	}
	third, err := openThirdParties(c, storetest.OpenOn(t, storetest.Engines(t)[0].New(t), storetest.NewRing(t)))
	if err != nil {
		t.Fatal(err)
	}
	channels := notifyingChannels(sandbox)
	if got, want := slices.Sorted(maps.Keys(third.notifiers)), slices.Sorted(maps.Keys(channels)); !slices.Equal(got, want) {
		t.Fatalf("got notifiers of %v, want %v", got, want)
	}
	const openID = "sandbox-01-0"
	for name, channel := range channels {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			notifier := third.notifiers[name]
			message := todo.Notification{
				To:       todo.Recipient{Channel: name, AppID: channel.app, UserKind: "open_id", User: identity.NewChannelUser(channel.app, "open_id", openID)},
				Registry: strings.Repeat("样例市场监督管理局", 10), ArrivedAt: time.Now(), ExpiresAt: time.Now().Add(todo.Window),
			}
			send := func(when string, sent, notAgreed bool) {
				t.Helper()
				err := notifier.Notify(t.Context(), message)
				if (err == nil) != sent || errors.Is(err, todo.ErrNotAgreed) != notAgreed {
					t.Errorf("%s: got %v", when, err)
				}
				if err != nil && strings.Contains(err.Error(), openID) {
					t.Errorf("%s: the account is in %q", when, err)
				}
			}
			send("without agreement", false, true)
			channel.accept(openID, notifier.Template())
			send("with agreement", true, false)
			send("once more", false, true)
			if got := channel.texts(); len(got) != 1 || len(got[0]) != 3 {
				t.Errorf("got %v delivered, want one message of three fields", got)
			}
			channel.accept(openID, notifier.Template())
			channel.fail()
			send("answered by nonsense", false, false)
			send("answered by nonsense again", false, false)
			channel.mend()
			send("a third time, although one agreement is one message", false, true)
			if got := channel.texts(); len(got) != 2 {
				t.Errorf("got %d messages, want one for each agreement", len(got))
			}
		})
	}
}
