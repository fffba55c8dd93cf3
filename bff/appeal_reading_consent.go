package bff

import (
	"context"
	"errors"
	"time"

	"renzheng/appeal"
	"renzheng/verification"
	"renzheng/verification/notice"
)

// readingOfferBody says that photos of the document can be read by a third party, and whether the person agreed to it.
type readingOfferBody struct {
	Agreed     bool       `json:"agreed"`
	ValidUntil *time.Time `json:"valid_until,omitempty" doc:"Until when the consent can be used; absent without one."`
	Notice     noticeBody `json:"notice" doc:"To show with a switch that is off at first."`
}

type agreeToReadingInput struct {
	Identified

	Body struct {
		Notice tickedNotice `json:"notice" doc:"The notice of the appeal, as it was shown."`
	}
}

// agreeToReading records the consent and binds it to the appeal. A consent that is bound to none has no effect.
func (h *handlers) agreeToReading(ctx context.Context, in *agreeToReadingInput) (*appealOutput, error) {
	c := callOf(ctx)
	account := c.session.Account.ID
	a, err := h.appeals.Get(ctx, account, in.ID)
	if err != nil {
		return nil, err
	}
	if !h.appeals.OffersReading(a) {
		return nil, appeal.ErrNotOpen
	}
	n := in.Body.Notice
	consent, err := h.verifications.AgreeToPhotos(ctx, c.actor(), notice.Ref{ID: n.ID, Version: n.Version, Hash: n.Hash})
	if err != nil {
		return nil, err
	}
	if err = h.appeals.AgreeToReading(ctx, account, in.ID, consent.ID); err != nil {
		return nil, err
	}
	return h.getAppeal(ctx, &in.Identified)
}

// withdrawReading withdraws the consent of the appeal. Idempotent.
func (h *handlers) withdrawReading(ctx context.Context, in *Identified) (*struct{}, error) {
	c := callOf(ctx)
	a, err := h.appeals.Get(ctx, c.session.Account.ID, in.ID)
	if err != nil || a.ReadingConsentID == "" {
		return nil, err
	}
	_, err = h.withdraw(ctx, a.ReadingConsentID)
	if errors.Is(err, verification.ErrNotFound) {
		err = nil // by another call
	}
	return nil, err
}

// readingOfferOf returns the offer to have the photos of an appeal read, if there is one. An appeal that waits for its decision shows a
// consent that can be withdrawn, and offers nothing more.
func (h *handlers) readingOfferOf(c *call, a appeal.Appeal) *readingOfferBody {
	n, ok := h.verifications.PhotoNotice(string(c.session.Account.Channel), c.language)
	offered := h.appeals.OffersReading(a)
	withdrawable := a.ReadingConsentID != "" && (a.State == appeal.Submitted || a.State == appeal.Proposed)
	if !ok || !offered && !withdrawable {
		return nil
	}
	until := a.ReadingUntil()
	agreed := withdrawable || until.After(c.started)
	body := &readingOfferBody{Agreed: agreed, Notice: noticesOf([]notice.Notice{n})[0]}
	if agreed {
		body.ValidUntil = when(until)
	}
	return body
}
