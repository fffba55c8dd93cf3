package bff

import (
	"context"
	"errors"
	"net/http"
	"time"

	"renzheng/identity"
	"renzheng/session"
)

type openSessionInput struct {
	Keyed

	Body struct {
		Channel  string `json:"channel" enum:"alipay,wechat,web" doc:"Where the person comes from. A browser signs in at /v1/web/login instead."`
		AuthCode secret `json:"auth_code" minLength:"1" maxLength:"256" pattern:"^[!-~]+$" doc:"The channel's authorization code (base scope). Used once."`
		Client   device `json:"client" doc:"What the device says of itself; below Android 4.3 or iOS 11 the answer is client_unsupported."`
	}
}

// device is what the person's device says of itself.
type device struct {
	Platform string `json:"platform" minLength:"1" maxLength:"20" pattern:"^[ -~]+$" doc:"android, ios or another word." example:"android"`
	Version  string `json:"version,omitempty" maxLength:"40" pattern:"^[ -~]*$" doc:"Version of the operating system; left out where the client cannot read it." example:"14.0"`
}

// sessionBody is who is calling.
type sessionBody struct {
	ID           string            `json:"id" doc:"Opaque." example:"ses_6f0c…"`
	Channel      string            `json:"channel"`
	CreatedAt    time.Time         `json:"created_at"`
	IdleUntil    time.Time         `json:"idle_until" doc:"End unless used again; moves with use."`
	ExpiresAt    time.Time         `json:"expires_at" doc:"End whatever happens."`
	Access       *accessBody       `json:"access,omitempty" doc:"The live access grant; absent where there is none."`
	Prefill      *maskedDocument   `json:"prefill,omitempty" doc:"The document that can be used by use_prefill."`
	Verification *verificationBody `json:"verification,omitempty" doc:"The newest verification that is open or awaits acceptance."`
}

// accessBody is a live grant.
type accessBody struct {
	Document maskedDocument `json:"document"`
	Until    time.Time      `json:"until"`
}

// maskedDocument is a document as its owner may see it.
type maskedDocument struct {
	Type         string `json:"type" doc:"Type of document; further ones may be added." example:"resident_id"`
	NumberMasked string `json:"number_masked" example:"1****************X"`
	NameMasked   string `json:"name_masked" example:"**三"`
}

// openedBody is a session with its token.
type openedBody struct {
	Token   string      `json:"token" doc:"Bearer token, shown once. Secret." example:"k3J…43 characters"`
	Session sessionBody `json:"session"`
}

// secret is what a client sends and nobody may print.
type secret string

// String hides it.
func (secret) String() string { return "[hidden]" }

// GoString hides it under %#v.
func (secret) GoString() string { return "[hidden]" }

type openedOutput struct {
	Status   int
	Location string `header:"Location"`
	Replayed string `header:"Idempotency-Replayed" doc:"true where the session was opened by an earlier call with the same key; the token is new."`
	Body     openedBody
}

// openSession's answer holds a secret, so that only the session's id is kept
// for a repetition, which gets a token of its own (R31).
func (h *handlers) openSession(ctx context.Context, in *openSessionInput) (*openedOutput, error) {
	c, channel, code := callOf(ctx), identity.Channel(in.Body.Channel), string(in.Body.AuthCode)
	var opened session.Opened
	use := session.Idempotency{
		Principal: "code:" + in.Body.Channel + ":" + code, Route: c.operation, Key: c.key, Body: c.hashed(),
	}
	answer, replayed, err := h.sessions.Once(ctx, use, func(ctx context.Context) (session.Answer, error) {
		var err error
		if channel == identity.Web {
			return session.Answer{}, session.ErrChannelOff // a browser signs in by webLogin, whose state is bound to it
		}
		opened, err = h.sessions.Open(ctx, session.OpenRequest{
			Channel: channel, Code: code,
			Client: session.Client(in.Body.Client),
		})
		return session.Answer{Status: http.StatusCreated, Body: []byte(opened.Session.ID)}, err
	})
	if err != nil {
		return nil, err
	}
	out := &openedOutput{Status: http.StatusCreated, Location: "/v1/session"}
	if replayed {
		opened, err = h.reissue(ctx, string(answer.Body))
		out.Replayed = isReplay
	}
	if err != nil {
		return nil, err
	}
	c.session = opened.Session
	out.Body = openedBody{Token: opened.Token, Session: sessionOf(opened.Session)}
	return out, nil
}

// reissue gives a token of a session whose code is spent. Where the session has
// ended, only a new code helps.
func (h *handlers) reissue(ctx context.Context, id string) (session.Opened, error) {
	opened, err := h.sessions.Reissue(ctx, id)
	if errors.Is(err, session.ErrNotFound) {
		return session.Opened{}, session.ErrCodeInvalid
	}
	return opened, err
}

type sessionOutput struct{ Body sessionBody }

func (h *handlers) getSession(ctx context.Context, _ *struct{}) (*sessionOutput, error) {
	c := callOf(ctx)
	body, pending := sessionOf(c.session), c.session.Pending
	if pending.Prefill {
		prefill, err := h.sessions.PendingPrefill(ctx, c.session)
		if err != nil {
			return nil, err
		}
		if prefill != nil {
			document := masked(*prefill)
			body.Prefill = &document
		}
	}
	if pending.Verification {
		view, err := h.verifications.Latest(ctx, c.actor())
		if err != nil {
			return nil, err
		}
		if view != nil {
			shown := h.verification(*view, c)
			body.Verification = &shown
		}
	}
	return &sessionOutput{body}, nil
}

type loggedOutOutput struct {
	SetCookie []http.Cookie `header:"Set-Cookie" doc:"Takes the browser's session away, in the web channel."`
}

func (h *handlers) closeSession(ctx context.Context, _ *struct{}) (*loggedOutOutput, error) {
	c, out := callOf(ctx), &loggedOutOutput{}
	if c.session.Account.Channel == identity.Web {
		out.SetCookie = []http.Cookie{hostCookie(sessionCookie, "", -1)}
	}
	return out, h.sessions.Close(ctx, c.session)
}

func sessionOf(s session.Session) sessionBody {
	body := sessionBody{
		ID: s.ID, Channel: string(s.Account.Channel), CreatedAt: utc(s.CreatedAt),
		IdleUntil: utc(s.IdleUntil), ExpiresAt: utc(s.Until),
	}
	if s.Grant != nil {
		body.Access = &accessBody{Document: masked(s.Grant.Document), Until: utc(s.Grant.Until)}
	}
	return body
}
