package main

import (
	"context"
	"errors"
	"fmt"

	"renzheng/identity"
	"renzheng/providers/wechat"
	"renzheng/todo"
)

// wechatAlerts lets WeChat tell people of todos: the adapter knows sessions'
// accounts, the rules of todos know none.
type wechatAlerts struct {
	client   *wechat.Client
	template string
}

var _ todo.Alerter = wechatAlerts{}

// Template is what the mini-program asks the person for.
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
