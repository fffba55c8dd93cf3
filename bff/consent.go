package bff

import (
	"context"
	"time"

	"renzheng/verification"
	"renzheng/verification/notice"
)

type acceptInput struct {
	Body struct {
		Notices []tickedNotice `json:"notices" nullable:"false" minItems:"1" maxItems:"10" doc:"The notices that the person ticked, as they were shown."`
	}
}

// tickedNotice identifies a notice as it was shown.
type tickedNotice struct {
	ID      string `json:"id" minLength:"1" maxLength:"64" pattern:"^[A-Za-z0-9._-]+$"`
	Version string `json:"version" minLength:"1" maxLength:"64" pattern:"^[A-Za-z0-9._-]+$"`
	Hash    string `json:"hash" pattern:"^[0-9a-f]{64}$"`
}

// consentBody is the record of one acceptance.
type consentBody struct {
	ID         string    `json:"id" doc:"Opaque."`
	Kind       string    `json:"kind" doc:"rules, face, bank_card, document, handover, remember or owner_check. New values may be added." example:"face"`
	NoticeID   string    `json:"notice_id"`
	Version    string    `json:"version"`
	AcceptedAt time.Time `json:"accepted_at"`
	ValidUntil time.Time `json:"valid_until" doc:"A later use requires a new acceptance."`
}

type consentsBody struct {
	Consents []consentBody `json:"consents" nullable:"false"`
}

type consentsOutput struct{ Body consentsBody }

func (h *handlers) listConsents(ctx context.Context, _ *struct{}) (*consentsOutput, error) {
	found, err := h.verifications.ListConsents(ctx, callOf(ctx).actor())
	if err != nil {
		return nil, err
	}
	return &consentsOutput{consentsOf(found)}, nil
}

func (h *handlers) acceptNotices(ctx context.Context, in *acceptInput) (*consentsOutput, error) {
	refs := make([]notice.Ref, len(in.Body.Notices))
	for i, n := range in.Body.Notices {
		refs[i] = notice.Ref{ID: n.ID, Version: n.Version, Hash: n.Hash}
	}
	accepted, err := h.verifications.AcceptNotices(ctx, callOf(ctx).actor(), refs)
	if err != nil {
		return nil, err
	}
	return &consentsOutput{consentsOf(accepted)}, nil
}

func consentsOf(found []verification.Consent) consentsBody {
	body := consentsBody{Consents: make([]consentBody, len(found))}
	for i, c := range found {
		body.Consents[i] = consentOf(c)
	}
	return body
}

func consentOf(c verification.Consent) consentBody {
	return consentBody{
		ID: c.ID, Kind: string(c.Kind), NoticeID: c.NoticeID, Version: c.Version,
		AcceptedAt: utc(c.AcceptedAt), ValidUntil: utc(c.ValidUntil()),
	}
}

// withdrawnBody is the effect of a withdrawal.
type withdrawnBody struct {
	Ended endedBody `json:"ended"`
	Stays []string  `json:"stays" nullable:"false" doc:"What a withdrawal does not affect: confirmations, receipts. New values may be added."`
}

type endedBody struct {
	Verifications int `json:"verifications" doc:"Open verifications that were voided."`
	Grants        int `json:"grants" doc:"Access grants that ended."`
}

type withdrawnOutput struct{ Body withdrawnBody }

// withdraw withdraws a consent of the account, and ends what this server does by it.
func (h *handlers) withdraw(ctx context.Context, id string) (verification.Withdrawn, error) {
	c := callOf(ctx)
	ended, err := h.verifications.WithdrawConsent(ctx, c.actor(), id)
	if err == nil {
		h.appeals.AbortReadings(ctx, c.session.Account.ID)
	}
	return ended, err
}

func (h *handlers) withdrawConsent(ctx context.Context, in *Identified) (*withdrawnOutput, error) {
	ended, err := h.withdraw(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &withdrawnOutput{withdrawnBody{Ended: endedBody(ended), Stays: []string{"confirmations", "receipts"}}}, nil
}
