package bff

import (
	"context"
	"errors"
	"slices"

	"renzheng/appeal"
	"renzheng/bff/problem"
	"renzheng/identity"
	"renzheng/verification"
	"renzheng/verification/notice"
)

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
