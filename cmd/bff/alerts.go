package main

import (
	"context"
	"errors"
	"fmt"

	"renzheng/identity"
	"renzheng/providers/wechat"
	"renzheng/todo"
)

// wechatAlerts sends the alerts of todos as WeChat messages. It translates between
// the two packages, neither of which imports the other.
type wechatAlerts struct {
	client   *wechat.Client
	template string
}

var _ todo.Alerter = wechatAlerts{}

// Template returns the id of the template for which the mini-program asks consent.
func (w wechatAlerts) Template() string { return w.template }

// Alert sends one subscribe message.
func (w wechatAlerts) Alert(ctx context.Context, a todo.Alert) error {
	err := w.client.NotifyTodo(ctx, wechat.TodoArrival{
		User:     identity.NewChannelUser(a.To.AppID, a.To.UserKind, a.To.User.Reveal()),
		Registry: a.Registry, ArrivedAt: a.ArrivedAt, ExpiresAt: a.ExpiresAt,
	})
	if errors.Is(err, wechat.ErrNotSubscribed) {
		return fmt.Errorf("%w: %w", todo.ErrNotAgreed, err)
	}
	return err
}
