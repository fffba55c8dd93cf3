package bff

import (
	"context"
	"net/http"

	"renzheng/appeal"
)

type submitAppealInput struct {
	Keyed
	Identified

	Body struct {
		Contact secret `json:"contact" minLength:"1" maxLength:"100" doc:"How to reach the person."`
		Device  secret `json:"device,omitzero" maxLength:"100" doc:"Model of the phone."`
		App     secret `json:"app,omitzero" maxLength:"100" doc:"Name and version of the app."`
		Text    secret `json:"text" minLength:"1" maxLength:"1000" doc:"What happened, in the person's words: plain text of up to twenty lines."`
	}
}

func (h *handlers) submitAppeal(ctx context.Context, in *submitAppealInput) (*kept[appealBody], error) {
	c := callOf(ctx)
	return once(ctx, h, func(ctx context.Context) (fresh[appealBody], error) {
		form := appeal.Form{Contact: in.Body.Contact.Secret, Device: in.Body.Device.Secret, App: in.Body.App.Secret, Text: in.Body.Text.Secret}
		a, err := h.appeals.Submit(ctx, c.session.Account.ID, in.ID, form)
		if err != nil {
			return fresh[appealBody]{}, err
		}
		return fresh[appealBody]{status: http.StatusOK, body: h.appealOf(c, a)}, nil
	})
}

type answerAppealInput struct {
	Keyed
	Identified

	Body struct {
		Text secret `json:"text" minLength:"1" maxLength:"1000" doc:"Plain text of up to twenty lines."`
	}
}

func (h *handlers) answerAppeal(ctx context.Context, in *answerAppealInput) (*kept[appealBody], error) {
	c := callOf(ctx)
	return once(ctx, h, func(ctx context.Context) (fresh[appealBody], error) {
		a, err := h.appeals.Answer(ctx, c.session.Account.ID, in.ID, in.Body.Text.Secret)
		if err != nil {
			return fresh[appealBody]{}, err
		}
		return fresh[appealBody]{status: http.StatusOK, body: h.appealOf(c, a)}, nil
	})
}

func (h *handlers) withdrawAppeal(ctx context.Context, in *Identified) (*struct{}, error) {
	return nil, h.appeals.Withdraw(ctx, callOf(ctx).session.Account.ID, in.ID)
}
