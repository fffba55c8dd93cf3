package bff

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"renzheng/appeal"
	"renzheng/bff/problem"
	"renzheng/identity"
	"renzheng/verification"
	"renzheng/verification/notice"
)

// readingOfferBody says that photos of the document can be read by a third party, and whether the person agreed to it.
type readingOfferBody struct {
	Agreed     bool       `json:"agreed"`
	ValidUntil *time.Time `json:"valid_until,omitempty" doc:"Until when the consent can be used; absent without one."`
	Notice     noticeBody `json:"notice" doc:"To show with a switch that is off at first."`
}

// readingBody is what was read in a photo of a document, as its sender sees it: masked, because the session may not be theirs.
type readingBody struct {
	State        string     `json:"state" doc:"asking, read or not_read (a reviewer reads the photo). New values may be added." example:"read"`
	Fault        string     `json:"fault,omitempty" doc:"Why nothing was read; another photo helps, and none is needed. New values may be added." example:"too_blurred"`
	FaultText    string     `json:"fault_text,omitempty" doc:"The same, with how to do better, for the person."`
	NameMasked   string     `json:"name_masked,omitempty" example:"**三"`
	NumberMasked string     `json:"number_masked,omitempty" example:"1****************X"`
	Validity     bool       `json:"validity,omitempty" doc:"Whether a validity was read. It is not shown: it is asked for in checks."`
	Hints        []string   `json:"hints" nullable:"false" doc:"What makes a better photo, for the person."`
	Corrected    []string   `json:"corrected" nullable:"false" doc:"Which of name, number and validity the person corrected."`
	ConfirmedAt  *time.Time `json:"confirmed_at,omitempty" doc:"When the person confirmed the values."`
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

func (h *handlers) readPhoto(ctx context.Context, in *MaterialName) (*materialOutput, error) {
	c := callOf(ctx)
	m, err := h.readAgreed(ctx, c.session.Account.ID, in)
	if errors.Is(err, appeal.ErrNoConsent) {
		missing := new(verification.ConsentError)
		if n, ok := h.verifications.PhotoNotice(string(c.session.Account.Channel), c.language); ok {
			missing.Missing = []notice.Notice{n}
		}
		return nil, missing
	}
	if err != nil {
		return nil, err
	}
	return &materialOutput{materialOf(c, m)}, nil
}

// readAgreed has a photo read if the notice of the appeal's consent is in force, or returns what was read.
func (h *handlers) readAgreed(ctx context.Context, account string, in *MaterialName) (appeal.Material, error) {
	a, err := h.appeals.Get(ctx, account, in.ID)
	if err != nil {
		return appeal.Material{}, err
	}
	i := slices.IndexFunc(a.Materials, func(m appeal.Material) bool { return m.ID == in.MaterialID })
	if a.ReadingConsentID != "" && i >= 0 && a.Materials[i].Reading.State == "" {
		inForce, err := h.verifications.PhotoConsentInForce(ctx, account, a.ReadingConsentID)
		if err != nil {
			return appeal.Material{}, err
		}
		if !inForce {
			return appeal.Material{}, appeal.ErrNoConsent
		}
	}
	return h.appeals.ReadPhoto(ctx, account, in.ID, in.MaterialID)
}

type correctReadingInput struct {
	MaterialName

	Body struct {
		Name       secret `json:"name,omitzero" maxLength:"100" doc:"As printed. Omit what was read well; omit everything to confirm all of it."`
		Number     secret `json:"number,omitzero" maxLength:"64" doc:"As printed."`
		ValidFrom  secret `json:"valid_from,omitzero" maxLength:"10" pattern:"^[0-9-]*$" doc:"First day of the validity as printed. Send it with valid_until or long_term." example:"2015-03-01"`
		ValidUntil secret `json:"valid_until,omitzero" maxLength:"10" pattern:"^[0-9-]*$" doc:"Last day of the validity as printed." example:"2035-03-01"`
		LongTerm   bool   `json:"long_term,omitempty" doc:"Instead of valid_until: 长期 is printed."`
	}
}

func (in *correctReadingInput) correction() (appeal.Correction, error) {
	until := in.Body.ValidUntil.Reveal()
	if in.Body.LongTerm && until == "" {
		until = identity.LongTerm
	}
	read, err := identity.Document{}.WithValidity(in.Body.ValidFrom.Reveal(), until)
	if err == nil && in.Body.LongTerm && !read.LongTerm {
		err = identity.FieldError{Field: identity.FieldValidity, Rule: identity.RuleValidity}
	}
	return appeal.Correction{
		Name: in.Body.Name.Secret, Number: in.Body.Number.Secret, ValidFrom: read.ValidFrom, ValidUntil: read.ValidUntil, LongTerm: read.LongTerm,
	}, err
}

func (h *handlers) correctReading(ctx context.Context, in *correctReadingInput) (*materialOutput, error) {
	c := callOf(ctx)
	correction, err := in.correction()
	if err != nil { // the rule is about all members; it is reported at the last
		return nil, problem.Invalid(problem.InvalidValue{Pointer: "/valid_until", Rule: identity.RuleValidity})
	}
	m, err := h.appeals.CorrectReading(ctx, c.session.Account.ID, in.ID, in.MaterialID, correction)
	if err != nil {
		return nil, err
	}
	return &materialOutput{materialOf(c, m)}, nil
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

// readingOf returns a reading as it may be shown to the account, and nothing if it is absent.
func readingOf(c *call, r appeal.PhotoReading) *readingBody {
	if r.State == "" {
		return nil
	}
	body := &readingBody{State: string(r.State), Hints: []string{}, Corrected: []string{}, ConfirmedAt: when(r.ConfirmedAt)}
	texts := appeal.Catalogue()
	if v := r.Values; v.Fault != "" {
		body.Fault, body.FaultText = string(v.Fault), texts.Faults[v.Fault].For(c.language)
	} else {
		body.NameMasked, body.NumberMasked, body.Validity = maskedName(v.Name), maskedNumber(v.Number), !v.From.IsZero()
	}
	for _, w := range r.Hints() {
		body.Hints = append(body.Hints, texts.Hints[w].For(c.language))
	}
	for _, field := range []struct {
		name      string
		corrected bool
	}{{"name", !r.Correction.Name.IsZero()}, {"number", !r.Correction.Number.IsZero()}, {"validity", !r.Correction.ValidFrom.IsZero()}} {
		if field.corrected {
			body.Corrected = append(body.Corrected, field.name)
		}
	}
	return body
}

// maskedName masks a name that may be misread.
func maskedName(raw identity.Secret) string {
	if name, err := identity.ParseName(raw.Reveal()); err == nil {
		return name.Masked()
	}
	return hidden(raw)
}

func maskedNumber(raw identity.Secret) string {
	if number, err := identity.ParseNumber(identity.ResidentID, raw.Reveal()); err == nil {
		return number.Masked()
	}
	return hidden(raw)
}

// hidden shows only how long a text is: of one that is no name and no number, nothing is known.
func hidden(raw identity.Secret) string { return strings.Repeat("*", len([]rune(raw.Reveal()))) }
