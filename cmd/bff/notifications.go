package main

import (
	"context"
	"errors"
	"fmt"

	"renzheng/identity"
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
