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
		Channel  string `json:"channel" enum:"alipay,wechat,web" doc:"The channel of the client. A browser signs in at /v1/web/login instead."`
		AuthCode secret `json:"auth_code" minLength:"1" maxLength:"256" pattern:"^[!-~]+$" doc:"The channel's authorization code (base scope). It can be used once."`
		Client   device `json:"client" doc:"What the device reports about itself. Systems older than Android 4.3 or iOS 11 are rejected with client_unsupported."`
	}
}

// device is what the person's device reports about itself.
type device struct {
	Platform string `json:"platform" minLength:"1" maxLength:"20" pattern:"^[ -~]+$" doc:"android, ios or another name." example:"android"`
	Version  string `json:"version,omitempty" maxLength:"40" pattern:"^[ -~]*$" doc:"Version of the operating system. Omit it if the client cannot read it." example:"14.0"`
}

// sessionBody is the session of the caller.
type sessionBody struct {
	ID           string            `json:"id" doc:"Opaque." example:"ses_6f0c…"`
	Channel      string            `json:"channel"`
	CreatedAt    time.Time         `json:"created_at"`
	IdleUntil    time.Time         `json:"idle_until" doc:"End of the session if it is not used. Each use extends it."`
	ExpiresAt    time.Time         `json:"expires_at" doc:"End of the session in any case."`
	Access       *accessBody       `json:"access,omitempty" doc:"The live access grant, if there is one."`
	Prefill      *maskedDocument   `json:"prefill,omitempty" doc:"The document for use_prefill, if there is one."`
	PrefillFrom  string            `json:"prefill_from,omitempty" enum:"channel,remembered" doc:"Where the prefill comes from: the channel's own record of the account's owner, or the remembered document. With the channel's record, no other person can be verified."`
	OwnerCheck   bool              `json:"owner_check,omitempty" doc:"Whether the channel can check that a typed document is the account owner's."`
	Remembered   *rememberedBody   `json:"remembered,omitempty" doc:"The document that the person agreed to have remembered, if there is one."`
	Listed       bool              `json:"answers_listed,omitempty" doc:"The answers of this session can be listed without access, by GET /v1/session/confirmations."`
	Verification *verificationBody `json:"verification,omitempty" doc:"The newest verification that is open or awaits acceptance."`
}

// accessBody is a live grant.
type accessBody struct {
	Document maskedDocument `json:"document"`
	Until    time.Time      `json:"until"`
}

// openedBody is a session with its token.
type openedBody struct {
	Token   string      `json:"token" doc:"Bearer token. It is secret and returned only once." example:"k3J…43 characters"`
	Session sessionBody `json:"session"`
}

type openedOutput struct {
	Status   int
	Location string `header:"Location"`
	Replayed string `header:"Idempotency-Replayed" doc:"true if the session was opened by an earlier call with the same key. The token is new."`
	Body     openedBody
}

// openSession stores only the session's id for a repetition, which gets a token of
// its own (R31): the answer contains a secret.
func (h *handlers) openSession(ctx context.Context, in *openSessionInput) (*openedOutput, error) {
	c := callOf(ctx)
	opening, err := h.open(ctx, c, in)
	if err != nil {
		return nil, err
	}
	c.session = opening.Session
	body, err := h.sessionOf(ctx, opening.Session)
	if err != nil {
		return nil, err
	}
	return &openedOutput{
		Status: http.StatusCreated, Location: "/v1/session", Replayed: replayHeader(opening.replayed),
		Body: openedBody{Token: opening.Token, Session: body},
	}, nil
}

// sessionOpening is a session that was opened now, or by an earlier call with the same key.
type sessionOpening struct {
	session.Opened

	replayed bool
}

func (h *handlers) open(ctx context.Context, c *call, in *openSessionInput) (sessionOpening, error) {
	channel, code := identity.Channel(in.Body.Channel), in.Body.AuthCode.Reveal()
	use := session.Idempotency{
		Principal: "code:" + in.Body.Channel + ":" + code, Route: c.operation, Key: c.key, Body: c.hashed(),
	}
	var opened session.Opened
	answer, err := h.sessions.Once(ctx, use, func(ctx context.Context) (session.Answer, error) {
		if channel == identity.Web {
			return session.Answer{}, session.ErrChannelOff // a browser signs in by webLogin, whose state is bound to it
		}
		var err error
		opened, err = h.sessions.Open(ctx, session.OpenRequest{
			Channel: channel, Code: code, Client: session.Client(in.Body.Client),
		})
		return session.Answer{Status: http.StatusCreated, Body: []byte(opened.Session.ID)}, err
	})
	if err != nil {
		return sessionOpening{}, err
	}
	if answer.Replayed {
		opened, err = h.reissue(ctx, string(answer.Body))
	}
	if err != nil {
		return sessionOpening{}, err
	}
	return sessionOpening{Opened: opened, replayed: answer.Replayed}, nil
}

// reissue returns a new token of a session whose authorization code was used. If the
// session has ended, a new code is required.
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
	body, err := h.sessionOf(ctx, c.session)
	if err != nil {
		return nil, err
	}
	pending := c.session.Pending
	if pending.Prefill {
		prefill, err := h.sessions.PendingPrefill(ctx, c.session)
		if err != nil {
			return nil, err
		}
		if prefill != nil {
			document := masked(prefill.Document)
			body.Prefill, body.PrefillFrom = &document, prefillFrom(*prefill)
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

func prefillFrom(p session.Prefill) string {
	if p.Remembered {
		return "remembered"
	}
	return "channel"
}

type loggedOutOutput struct {
	SetCookie []http.Cookie `header:"Set-Cookie" doc:"Deletes the browser's session in the web channel."`
}

func (h *handlers) closeSession(ctx context.Context, _ *struct{}) (*loggedOutOutput, error) {
	c, out := callOf(ctx), &loggedOutOutput{}
	if c.session.Account.Channel == identity.Web {
		out.SetCookie = []http.Cookie{hostCookie(sessionCookie, "", -1)}
	}
	if err := h.sessions.Close(ctx, c.session); err != nil {
		return nil, err
	}
	return out, nil
}

// sessionOf returns a session without what it has begun. A new one already says what is
// remembered of its account. A remembered document that cannot be read is left out: the
// person types it, and signs in all the same.
func (h *handlers) sessionOf(ctx context.Context, s session.Session) (sessionBody, error) {
	remembered, err := h.sessions.Remembered(ctx, s)
	if errors.Is(err, session.ErrUnreadable) {
		callOf(ctx).cause, err = err, nil
	}
	if err != nil {
		return sessionBody{}, err
	}
	body := sessionBody{
		Remembered: rememberedOf(remembered), Listed: h.todos.ListsOwnAnswers(), OwnerCheck: h.sessions.ChecksOwner(s.Account.Channel),
		ID: s.ID, Channel: string(s.Account.Channel), CreatedAt: utc(s.CreatedAt),
		IdleUntil: utc(s.IdleUntil), ExpiresAt: utc(s.Until),
	}
	if s.Grant != nil {
		body.Access = &accessBody{Document: masked(s.Grant.Document), Until: utc(s.Grant.Until)}
	}
	return body, nil
}
