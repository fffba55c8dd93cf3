package bff

import (
	"context"
	"net/http"
	"time"

	"renzheng/identity"
	"renzheng/session"
	"renzheng/subscriber"
)

type sendCodeInput struct {
	Keyed

	Body struct {
		Purpose string `json:"purpose" enum:"register,sign_in" doc:"What the code is for. It can be used for nothing else."`
		Phone   secret `json:"phone" minLength:"1" maxLength:"64" doc:"Mobile number of the mainland."`
	}
}

// sentCodeBody is a code on its way.
type sentCodeBody struct {
	ID          string    `json:"id" doc:"Opaque. Send it with the code." example:"otc_6f0c…"`
	PhoneMasked string    `json:"phone_masked" example:"138****8000"`
	ExpiresAt   time.Time `json:"expires_at"`
	NextAt      time.Time `json:"next_at" doc:"When the next code can be sent at the earliest."`
}

// sendCode has no session: number and key together identify a repetition.
func (h *handlers) sendCode(ctx context.Context, in *sendCodeInput) (*kept[sentCodeBody], error) {
	c := callOf(ctx)
	phone, err := identity.ParsePhone(in.Body.Phone.Reveal())
	if err != nil {
		return nil, err
	}
	use := session.Idempotency{Principal: "phone:" + phone.Reveal(), Route: c.operation, Key: c.key, Body: c.hashed()}
	answer, err := h.sessions.Once(ctx, use, func(ctx context.Context) (session.Answer, error) {
		sent, failed := h.subscribers.SendCode(ctx, subscriber.CodeRequest{Purpose: subscriber.Purpose(in.Body.Purpose), Phone: phone, Network: c.network.String()})
		if failed != nil {
			return session.Answer{}, failed
		}
		return toKeep(fresh[sentCodeBody]{status: http.StatusCreated, body: sentCodeBody{
			ID: sent.ID, PhoneMasked: phone.Masked(), ExpiresAt: utc(sent.ExpiresAt), NextAt: utc(sent.NextAt),
		}})
	})
	if err != nil {
		return nil, err
	}
	return &kept[sentCodeBody]{Status: answer.Status, Replayed: replayHeader(answer.Replayed), Body: encoded[sentCodeBody]{answer.Body}}, nil
}
