package bff

import (
	"context"
	"net/http"

	"renzheng/session"
)

type prefillInput struct {
	Keyed

	Body struct {
		AuthCode secret `json:"auth_code" minLength:"1" maxLength:"256" pattern:"^[!-~]+$" doc:"The channel's authorization code of the identity scope. It can be used once."`
	}
}

// prefillBody has one of its two members.
type prefillBody struct {
	Document *maskedDocument `json:"document,omitempty" doc:"The document, for use_prefill within ten minutes."`
	Absent   *absentBody     `json:"absent,omitempty" doc:"Why there is no document. Entering it by hand always works."`
}

type absentBody struct {
	Reason string `json:"reason" doc:"not_certified, not_personal, not_resident_id, not_provided, not_this_account, not_understood, channel_has_none, not_old_enough, not_remembered, owner_known. New values may be added." example:"not_certified"`
	Kind   string `json:"kind" doc:"What to do: type_by_hand." example:"type_by_hand"`
}

func (h *handlers) prefill(ctx context.Context, in *prefillInput) (*kept[prefillBody], error) {
	return once(ctx, h, func(ctx context.Context) (fresh[prefillBody], error) {
		found, err := h.sessions.Prefill(ctx, callOf(ctx).session, in.Body.AuthCode.Reveal())
		if err != nil {
			return fresh[prefillBody]{}, err
		}
		return fresh[prefillBody]{status: http.StatusOK, body: prefillOf(found)}, nil
	})
}

func prefillOf(found session.PrefillResult) prefillBody {
	if found.Document == nil {
		return prefillBody{Absent: &absentBody{Reason: string(found.Absent), Kind: "type_by_hand"}}
	}
	document := masked(*found.Document)
	return prefillBody{Document: &document}
}

type prefillRememberedOutput struct{ Body prefillBody }

// prefillRemembered is idempotent, so it needs no key. Hence no stored answer can outlive a
// withdrawal.
func (h *handlers) prefillRemembered(ctx context.Context, _ *struct{}) (*prefillRememberedOutput, error) {
	found, err := h.sessions.PrefillRemembered(ctx, callOf(ctx).session)
	if err != nil {
		return nil, err
	}
	return &prefillRememberedOutput{prefillOf(found)}, nil
}
