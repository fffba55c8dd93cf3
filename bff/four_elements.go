package bff

import (
	"context"
	"net/http"

	"renzheng/bff/problem"
	"renzheng/identity"
	"renzheng/verification"
)

type fourElementsInput struct {
	Keyed
	Identified

	Body struct {
		ValidFrom  secret `json:"valid_from,omitzero" maxLength:"10" pattern:"^[0-9-]*$" doc:"First day of the validity as printed. Omit all three to use the validity that was typed at the start." example:"2015-03-01"`
		ValidUntil secret `json:"valid_until,omitzero" maxLength:"10" pattern:"^([0-9-]*|长期)$" doc:"Last day of the validity as printed, or 长期." example:"2035-03-01"`
		LongTerm   bool   `json:"long_term,omitempty" doc:"Instead of valid_until: 长期 is printed."`
	}
}

// validity reads the typed values. It returns the zero value if there are none.
func (in *fourElementsInput) validity() (verification.FourElementsRequest, error) {
	until := in.Body.ValidUntil.Reveal()
	if in.Body.LongTerm && until == "" {
		until = identity.LongTerm
	}
	read, err := identity.Document{}.WithValidity(in.Body.ValidFrom.Reveal(), until)
	if err == nil && in.Body.LongTerm && !read.LongTerm {
		err = identity.FieldError{Field: identity.FieldValidity, Rule: identity.RuleValidity}
	}
	return verification.FourElementsRequest{
		ValidFrom: read.ValidFrom, ValidUntil: read.ValidUntil, LongTerm: read.LongTerm,
	}, err
}

func (h *handlers) checkFourElements(ctx context.Context, in *fourElementsInput) (*kept[attemptBody], error) {
	c := callOf(ctx)
	request, err := in.validity()
	if err != nil { // the rule is about all members; it is reported at the last
		return nil, problem.Invalid(problem.InvalidValue{Pointer: "/valid_until", Rule: identity.RuleValidity})
	}
	return onceOf(ctx, h, in.ID, func(ctx context.Context) (fresh[attemptBody], error) {
		view, attempt, err := h.verifications.CheckFourElements(ctx, c.actor(), in.ID, request)
		if err != nil {
			return fresh[attemptBody]{}, err
		}
		return fresh[attemptBody]{status: http.StatusOK, body: h.attempt(view, attempt, c)}, nil
	})
}
