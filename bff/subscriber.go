package bff

import (
	"context"
	"net/http"

	"renzheng/identity"
	"renzheng/session"
	"renzheng/subscriber"
)

type registerInput struct {
	Keyed

	Body struct {
		CodeID    string       `json:"code_id" minLength:"1" maxLength:"64" pattern:"^otc_[0-9a-f]+$" doc:"The id that came with the code's request."`
		Code      secret       `json:"code" minLength:"6" maxLength:"6" pattern:"^[0-9]{6}$" doc:"The code in the message."`
		Phone     secret       `json:"phone" minLength:"1" maxLength:"64" doc:"The number to which the code was sent."`
		Nickname  secret       `json:"nickname" minLength:"1" maxLength:"80" doc:"1 to 20 visible characters."`
		Agreement tickedNotice `json:"agreement" doc:"The notice of kind registration that the person ticked, as it was shown."`
	}
}

type signInInput struct {
	Keyed

	Body struct {
		CodeID string `json:"code_id" minLength:"1" maxLength:"64" pattern:"^otc_[0-9a-f]+$" doc:"The id that came with the code's request."`
		Code   secret `json:"code" minLength:"6" maxLength:"6" pattern:"^[0-9]{6}$" doc:"The code in the message."`
		Phone  secret `json:"phone" minLength:"1" maxLength:"64" doc:"The number to which the code was sent."`
	}
}

// signedInOutput is a browser that was signed in. Its token is in the cookie only.
type signedInOutput struct {
	Status    int
	Location  string        `header:"Location"`
	Replayed  string        `header:"Idempotency-Replayed" doc:"true if the session was opened by an earlier call with the same key. The cookie is new."`
	SetCookie []http.Cookie `header:"Set-Cookie"`
	Body      sessionBody
}

func (h *handlers) register(ctx context.Context, in *registerInput) (*signedInOutput, error) {
	phone, err := identity.ParsePhone(in.Body.Phone.Reveal())
	if err != nil {
		return nil, err
	}
	nickname, err := subscriber.ReadNickname(in.Body.Nickname.Reveal())
	if err != nil {
		return nil, err
	}
	return h.enter(ctx, in.Body.CodeID, func(ctx context.Context) (identity.ChannelUser, error) {
		return h.subscribers.Register(ctx, subscriber.Registration{
			CodeID: in.Body.CodeID, Code: in.Body.Code.Secret, Phone: phone, Nickname: nickname, Agreement: subscriber.Agreement(in.Body.Agreement),
		})
	})
}

func (h *handlers) signIn(ctx context.Context, in *signInInput) (*signedInOutput, error) {
	phone, err := identity.ParsePhone(in.Body.Phone.Reveal())
	if err != nil {
		return nil, err
	}
	return h.enter(ctx, in.Body.CodeID, func(ctx context.Context) (identity.ChannelUser, error) {
		return h.subscribers.SignIn(ctx, in.Body.CodeID, phone, in.Body.Code.Secret)
	})
}

// enter opens a session for the user that prove returns. As in openSession, only the session's id is kept for a repetition, which
// gets a token of its own (R31).
func (h *handlers) enter(ctx context.Context, codeID string, prove func(context.Context) (identity.ChannelUser, error)) (*signedInOutput, error) {
	c := callOf(ctx)
	var opened session.Opened
	use := session.Idempotency{Principal: "one-time-code:" + codeID, Route: c.operation, Key: c.key, Body: c.hashed()}
	answer, err := h.sessions.Once(ctx, use, func(ctx context.Context) (session.Answer, error) {
		user, err := prove(ctx)
		if err != nil {
			return session.Answer{}, err
		}
		opened, err = h.sessions.OpenSubscriber(ctx, user)
		return session.Answer{Status: http.StatusCreated, Body: []byte(opened.Session.ID)}, err
	})
	if err == nil && answer.Replayed {
		opened, err = h.reissue(ctx, string(answer.Body))
	}
	if err != nil {
		return nil, err
	}
	c.session = opened.Session
	body, err := h.sessionOf(ctx, opened.Session)
	if err != nil {
		return nil, err
	}
	return &signedInOutput{
		Status: http.StatusCreated, Location: "/v1/session", Replayed: replayHeader(answer.Replayed),
		SetCookie: []http.Cookie{hostCookie(sessionCookie, opened.Token, 0)}, Body: body,
	}, nil
}
