package wechat_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/providers/wechat"
)

func wantNoSecret(t *testing.T, w *fixture, err error) {
	t.Helper()
	own, _ := w.memory.Token(t.Context(), appID)
	service, _ := w.memory.Token(t.Context(), serviceID)
	shown := fmt.Sprintf("%v %+v %#v", err, err, errors.Unwrap(err))
	for _, secret := range []string{
		appSecret, serviceKey, own.Value.Reveal(), service.Value.Reveal(), "127.0.0.1", "weixin", "张三", ownerName,
		ownerNumber, ownerOpenID, supportOpenID, "http",
	} {
		if secret != "" && strings.Contains(strings.ReplaceAll(shown, "http_status", ""), secret) {
			t.Errorf("%q is in %s", secret, shown)
		}
	}
}

// sdkCall is a call that goes through the SDK.
type sdkCall struct {
	path string
	do   func(ctx context.Context, t *testing.T, w *fixture) error
}

func sdkCalls() map[string]sdkCall {
	return map[string]sdkCall{
		"a login": {callSession, func(ctx context.Context, t *testing.T, w *fixture) error {
			t.Helper()
			_, err := w.client(t).Authorize(ctx, w.server.IssueCode(ownerOpenID))
			return err
		}},
		"a todo's message": {callSubscribe, func(ctx context.Context, t *testing.T, w *fixture) error {
			t.Helper()
			return w.client(t).NotifyTodo(ctx, arrival(w))
		}},
		"a QR code": {callQR, func(ctx context.Context, t *testing.T, w *fixture) error {
			t.Helper()
			_, err := w.serviceAccount(t).QRCode(ctx, "scene", time.Hour)
			return err
		}},
		"a menu": {callMenu, func(ctx context.Context, t *testing.T, w *fixture) error {
			t.Helper()
			return w.serviceAccount(t).SetMenu(ctx, []wechat.MenuEntry{{Name: "帮助", Key: "help"}})
		}},
	}
}

func arrival(w *fixture) wechat.TodoArrival {
	return wechat.TodoArrival{
		User: identity.NewChannelUser(appID, "open_id", ownerOpenID), Registry: "某市市场监督管理局",
		ArrivedAt: w.clock(), ExpiresAt: w.clock().Add(7 * 24 * time.Hour),
	}
}
