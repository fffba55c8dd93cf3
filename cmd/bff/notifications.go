package main

import (
	"context"
	"errors"
	"fmt"

	"renzheng/identity"
	"renzheng/providers/alipay"
	"renzheng/providers/wechat"
	"renzheng/todo"
)

// wechatNotifications sends the notifications of todos as WeChat messages. It translates between
// the two packages, neither of which imports the other.
type wechatNotifications struct {
	client   *wechat.Client
	template string
}

var _ todo.Notifier = wechatNotifications{}

// Template returns the id of the template for which the mini-program asks consent.
func (w wechatNotifications) Template() string { return w.template }

// Notify sends one subscribe message.
func (w wechatNotifications) Notify(ctx context.Context, a todo.Notification) error {
	err := w.client.NotifyTodo(ctx, wechat.TodoArrival{
		User:     identity.NewChannelUser(a.To.AppID, a.To.UserKind, a.To.User.Reveal()),
		Registry: a.Registry, ArrivedAt: a.ArrivedAt, ExpiresAt: a.ExpiresAt,
	})
	if errors.Is(err, wechat.ErrNotSubscribed) {
		return fmt.Errorf("%w: %w", todo.ErrNotAgreed, err)
	}
	return err
}

// alipayNotifications sends the notifications of todos as Alipay's messages, as
// wechatNotifications does.
type alipayNotifications struct {
	client   *alipay.Client
	template string
}

var _ todo.Notifier = alipayNotifications{}

// Template returns the id of the template for which the mini-program asks consent.
func (a alipayNotifications) Template() string { return a.template }

// Notify sends one message of a subscription.
func (a alipayNotifications) Notify(ctx context.Context, n todo.Notification) error {
	err := a.client.NotifyTodo(ctx, alipay.TodoArrival{
		User:     identity.NewChannelUser(n.To.AppID, n.To.UserKind, n.To.User.Reveal()),
		Registry: n.Registry, ArrivedAt: n.ArrivedAt, ExpiresAt: n.ExpiresAt,
	})
	if errors.Is(err, alipay.ErrNotSubscribed) {
		return fmt.Errorf("%w: %w", todo.ErrNotAgreed, err)
	}
	return err
}
