package bff

import (
	"context"
	"net/http"
	"time"

	"renzheng/bff/problem"
	"renzheng/session"
	"renzheng/verification/failure"
)

// ownerCheckBody is an owner check for the client to carry out.
type ownerCheckBody struct {
	ID        string        `json:"id" doc:"For the result. It can be used once." example:"own_0123456789abcdef0123456789abcdef"`
	Call      ownerCallBody `json:"call"`
	ExpiresAt time.Time     `json:"expires_at"`
}

// ownerCallBody opens a mini-program of the channel. It is valid for this account only.
type ownerCallBody struct {
	AppID     string            `json:"app_id" doc:"The mini-program to open." example:"wx88736d7d39e2eda6"`
	Path      string            `json:"path" example:"pages/oauth/authindex"`
	ExtraData map[string]string `json:"extra_data" doc:"Pass it on unchanged: it is signed."`
}

type ownerCheckOutput struct{ Body ownerCheckBody }

// beginOwnerCheck needs no key: a repetition replaces the unused check.
func (h *handlers) beginOwnerCheck(ctx context.Context, _ *struct{}) (*ownerCheckOutput, error) {
	c := callOf(ctx)
	if h.sessions.ChecksOwner(c.session.Account.Channel) {
		if _, err := h.verifications.OwnerCheckConsent(ctx, c.actor()); err != nil {
			return nil, err
		}
	}
	check, err := h.sessions.BeginOwnerCheck(ctx, c.session)
	if err != nil {
		return nil, err
	}
	return &ownerCheckOutput{ownerCheckBody{
		ID: check.ID, ExpiresAt: utc(check.Until),
		Call: ownerCallBody{AppID: check.Call.AppID, Path: check.Call.Path, ExtraData: check.Call.Data},
	}}, nil
}

type ownerAnswerInput struct {
	Keyed

	Body struct {
		ID       string        `json:"owner_check_id" maxLength:"64" pattern:"^[A-Za-z0-9._-]+$" doc:"The check that the client has carried out."`
		AuthCode secret        `json:"auth_code" minLength:"1" maxLength:"256" pattern:"^[!-~]+$" doc:"The auth_code that the mini-program returned. It can be used once."`
		Document typedDocument `json:"document" doc:"The document as typed by the person."`
	}
}

// ownerVerdictBody is what the channel says about a document.
type ownerVerdictBody struct {
	Result  string           `json:"result" enum:"matches,differs,unknown" doc:"matches: the document is the account owner's, and is the session's prefill for ten minutes. differs: it is not, and cannot be verified in this session for ten minutes, unless a later check takes its place; which part differs is not disclosed. unknown: the channel does not know the owner; go on as without the check."`
	Failure *problem.Failure `json:"failure,omitempty" doc:"With differs: what the person can do."`
}

func (h *handlers) checkOwner(ctx context.Context, in *ownerAnswerInput) (*kept[ownerVerdictBody], error) {
	document, err := h.parse(in.Body.Document, "/document")
	if err != nil {
		return nil, err
	}
	c := callOf(ctx)
	return once(ctx, h, func(ctx context.Context) (fresh[ownerVerdictBody], error) {
		consent, err := h.verifications.OwnerCheckConsent(ctx, c.actor())
		if err != nil {
			return fresh[ownerVerdictBody]{}, err
		}
		verdict, err := h.sessions.CheckOwner(ctx, c.session, session.OwnerAnswer{
			CheckID: in.Body.ID, ConsentID: consent.ID, Code: in.Body.AuthCode.Reveal(), Document: document,
		})
		if err != nil {
			return fresh[ownerVerdictBody]{}, err
		}
		body := ownerVerdictBody{Result: string(verdict)}
		if verdict == session.OwnerDiffers {
			body.Failure = explain(h.verifications, failure.AccountOwnerDiffers, c.circumstances(time.Time{}))
		}
		return fresh[ownerVerdictBody]{status: http.StatusOK, body: body}, nil
	})
}
