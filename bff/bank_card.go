package bff

import (
	"context"
	"net/http"

	"renzheng/identity"
	"renzheng/verification"
)

type bankCardInput struct {
	Keyed
	Identified

	Body struct {
		Card  secret `json:"card" minLength:"1" maxLength:"64" doc:"Card number of 13 to 19 digits."`
		Phone secret `json:"phone,omitzero" maxLength:"64" doc:"Phone number known to the bank. Without it, the card is checked against name and document number only."`
	}
}

func (h *handlers) checkBankCard(ctx context.Context, in *bankCardInput) (*kept[attemptBody], error) {
	c := callOf(ctx)
	var request verification.BankCardRequest
	var err error
	if request.Card, err = identity.ParseBankCard(in.Body.Card.Reveal()); err != nil {
		return nil, err
	}
	if !in.Body.Phone.IsZero() {
		if request.Phone, err = identity.ParsePhone(in.Body.Phone.Reveal()); err != nil {
			return nil, err
		}
	}
	return onceOf(ctx, h, in.ID, func(ctx context.Context) (fresh[attemptBody], error) {
		view, attempt, err := h.verifications.CheckBankCard(ctx, c.actor(), in.ID, request)
		if err != nil {
			return fresh[attemptBody]{}, err
		}
		return fresh[attemptBody]{status: http.StatusOK, body: h.attempt(view, attempt, c)}, nil
	})
}
