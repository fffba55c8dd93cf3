package bff

import (
	"context"
	"net/http"

	"renzheng/todo"
)

// notificationsBody is the agreements of a person to notifications.
type notificationsBody struct {
	TemplateID string `json:"template_id" doc:"What the channel's client asks the person for (Alipay: my.requestSubscribeMessage with entityIds; WeChat: wx.requestSubscribeMessage with tmplIds). Empty if the channel sends no messages." example:"a7K0PWhEnVUR4pXbgQsZ"`
	Left       int    `json:"left" doc:"Messages that can still be sent: one for each agreement, at most ten."`
}

type notificationsOutput struct{ Body notificationsBody }

func (h *handlers) getNotifications(ctx context.Context, _ *struct{}) (*notificationsOutput, error) {
	c := callOf(ctx)
	notifications, err := h.todos.NotificationsOf(ctx, c.viewer(), string(c.session.Account.Channel))
	if err != nil {
		return nil, err
	}
	return &notificationsOutput{notificationsOf(notifications)}, nil
}

func (h *handlers) agreeToNotification(ctx context.Context, _ *Keyed) (*kept[notificationsBody], error) {
	c := callOf(ctx)
	return once(ctx, h, func(ctx context.Context) (fresh[notificationsBody], error) {
		notifications, err := h.todos.AgreeToNotification(ctx, c.viewer(), string(c.session.Account.Channel))
		if err != nil {
			return fresh[notificationsBody]{}, err
		}
		return fresh[notificationsBody]{status: http.StatusCreated, location: "/v1/notifications", body: notificationsOf(notifications)}, nil
	})
}

func (h *handlers) endNotifications(ctx context.Context, _ *struct{}) (*struct{}, error) {
	return nil, h.todos.EndNotifications(ctx, callOf(ctx).viewer())
}

func notificationsOf(notifications todo.Notifications) notificationsBody {
	return notificationsBody{TemplateID: notifications.Template, Left: notifications.Left}
}
