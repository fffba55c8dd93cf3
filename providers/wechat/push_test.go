package wechat_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"renzheng/providers/wechat"
	"renzheng/providers/wechat/wechattest"
)

func TestServiceAccount_Receive_readsWhatAPersonDid(t *testing.T) {
	t.Parallel()
	o := newSupportFixture(t)
	other := o.pusher.Event(supportOpenID, "VIEW", "https://example.org/")
	for _, tc := range []struct {
		name string
		do   func(ctx context.Context) (wechattest.Delivery, error)
		want wechat.Push
	}{
		{"a scan", func(ctx context.Context) (wechattest.Delivery, error) {
			return o.pusher.Scan(ctx, supportOpenID, "ticket_1")
		}, wechat.Push{Kind: wechat.PushScan, Scene: "ticket_1"}},
		{"a new follower by a code", func(ctx context.Context) (wechattest.Delivery, error) {
			return o.pusher.Subscribe(ctx, supportOpenID, "ticket_1")
		}, wechat.Push{Kind: wechat.PushSubscribe, Scene: "ticket_1"}},
		{"a new follower", func(ctx context.Context) (wechattest.Delivery, error) {
			return o.pusher.Subscribe(ctx, supportOpenID, "")
		}, wechat.Push{Kind: wechat.PushSubscribe}},
		{"a choice", func(ctx context.Context) (wechattest.Delivery, error) {
			return o.pusher.Click(ctx, supportOpenID, "faq:1")
		}, wechat.Push{Kind: wechat.PushMenu, Key: "faq:1"}},
		{"one who leaves", func(ctx context.Context) (wechattest.Delivery, error) {
			return o.pusher.Deliver(ctx, o.pusher.Event(supportOpenID, "unsubscribe", ""))
		}, wechat.Push{Kind: wechat.PushUnsubscribe}},
		{"something else", func(ctx context.Context) (wechattest.Delivery, error) {
			return o.pusher.Deliver(ctx, other)
		}, wechat.Push{Kind: wechat.PushOther}},
		{"a scene that cannot be ours", func(ctx context.Context) (wechattest.Delivery, error) {
			return o.pusher.Scan(ctx, supportOpenID, "a b")
		}, wechat.Push{Kind: wechat.PushScan}},
	} {
		if got, err := tc.do(t.Context()); err != nil || got.Tries != 1 || got.Kind != "" {
			t.Fatalf("%s: got %+v, %v, %v", tc.name, got, err, o.errs)
		}
		got := o.got[len(o.got)-1]
		if got.Kind != tc.want.Kind || got.Scene != tc.want.Scene || got.Key != tc.want.Key {
			t.Errorf("%s: got %s %q %q", tc.name, got.Kind, got.Scene, got.Key)
		}
		if got.User.Reveal() != supportOpenID || got.User.AppID != serviceID || len(got.ID) != 64 || got.At.IsZero() {
			t.Errorf("%s: got %s by %s at %s", tc.name, got.ID, got.User.AppID, got.At)
		}
	}
}

func TestServiceAccount_Receive_keepsWordsMasked(t *testing.T) {
	t.Parallel()
	o := newSupportFixture(t)
	const words = `我叫张三 <&> 11010519491231002X`
	if _, err := o.pusher.Write(t.Context(), supportOpenID, words); err != nil {
		t.Fatal(err)
	}
	got := o.got[0]
	if got.Kind != wechat.PushText || got.Words.Reveal() != words {
		t.Errorf("got %s", got.Kind)
	}
	wantMasked(t, got, "张三", supportOpenID)
}

func TestServiceAccount_Answer_isReadByWeChat(t *testing.T) {
	t.Parallel()
	o := newSupportFixture(t)
	const text = "请在光线好的地方再试。\n]]> & <b>\x00"
	o.answer = func(p wechat.Push) ([]byte, error) { return o.service.Answer(p, text) }
	got, err := o.pusher.Scan(t.Context(), supportOpenID, "ticket_1")
	if want := strings.TrimSuffix(text, "\x00"); err != nil || got.Kind != "text" || got.Text != want {
		t.Errorf("got %+v, %v", got, err)
	}
	o.answer = o.service.HandOver
	if got, err = o.pusher.Write(t.Context(), supportOpenID, "人工"); err != nil || got.Kind != "transfer_customer_service" {
		t.Errorf("got %+v, %v", got, err)
	}
	for name, text := range map[string]string{"nothing": "\x00", "too much": strings.Repeat("a", 2049)} {
		if _, err := o.service.Answer(o.got[0], text); err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
}

func TestServiceAccount_Receive_knowsAnEventAgain(t *testing.T) {
	t.Parallel()
	o := newSupportFixture(t)
	scan, text := o.pusher.Event(supportOpenID, "SCAN", "ticket_1"), o.pusher.Text(supportOpenID, "你好")
	for range 3 {
		for _, message := range [][]byte{scan, text} {
			if _, err := o.pusher.Deliver(t.Context(), message); err != nil {
				t.Fatal(err)
			}
		}
	}
	ids := map[string]int{}
	for _, p := range o.got {
		ids[p.ID]++
	}
	if len(o.got) != 6 || len(ids) != 2 {
		t.Errorf("got %d pushes of %d events, want 6 of 2", len(o.got), len(ids))
	}
}

func TestServiceAccount_Echo_answersWeChatOnly(t *testing.T) {
	t.Parallel()
	o := newSupportFixture(t)
	if got, err := o.pusher.Check(t.Context(), "8123456789"); err != nil || got != "8123456789" {
		t.Errorf("got %q, %v", got, err)
	}
	for name, query := range map[string]url.Values{
		"unsigned": {"timestamp": {"1"}, "nonce": {"1"}, "signature": {"x"}, "echostr": {"1"}},
		"empty":    {},
		"late": {
			"timestamp": {"1"}, "nonce": {"1"}, "signature": {wechattest.Sign(pushToken, "1", "1")},
			"echostr": {"1"},
		},
	} {
		if got, err := o.service.Echo(query); err == nil || got != "" {
			t.Errorf("%s: got %q, %v", name, got, err)
		}
	}
	if got, err := o.pusher.Check(t.Context(), "<script>"); err == nil || got != "" {
		t.Errorf("a page: got %q, %v", got, err)
	}
}
