package bff

import (
	"context"
	"net/http"

	"renzheng/todo"
)

// alertsBody is what a person has agreed to be told.
type alertsBody struct {
	TemplateID string `json:"template_id" doc:"What the channel's client asks the person for (WeChat: wx.requestSubscribeMessage). Empty where the channel sends no messages." example:"a7K0PWhEnVUR4pXbgQsZ"`
	Left       int    `json:"left" doc:"Messages still to come: one for each agreement, at most ten."`
}

type alertsOutput struct{ Body alertsBody }

func (h *handlers) getAlerts(ctx context.Context, _ *struct{}) (*alertsOutput, error) {
	c := callOf(ctx)
	alerts, err := h.todos.AlertsOf(ctx, c.viewer(), string(c.session.Account.Channel))
	if err != nil {
		return nil, err
	}
	return &alertsOutput{alertsOf(alerts)}, nil
}

func (h *handlers) agreeToAlert(ctx context.Context, _ *Keyed) (*kept[alertsBody], error) {
	c := callOf(ctx)
	return once(ctx, h, func(ctx context.Context) (fresh[alertsBody], error) {
		alerts, err := h.todos.AgreeToAlert(ctx, c.viewer(), string(c.session.Account.Channel))
		if err != nil {
			return fresh[alertsBody]{}, err
		}
		return fresh[alertsBody]{status: http.StatusCreated, location: "/v1/alerts", body: alertsOf(alerts)}, nil
	})
}

func (h *handlers) endAlerts(ctx context.Context, _ *struct{}) (*struct{}, error) {
	return nil, h.todos.EndAlerts(ctx, callOf(ctx).viewer())
}

func alertsOf(alerts todo.Alerts) alertsBody {
	return alertsBody{TemplateID: alerts.Template, Left: alerts.Left}
}
