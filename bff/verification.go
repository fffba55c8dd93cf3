package bff

import (
	"context"
	"net/http"
	"strings"

	"renzheng/bff/problem"
	"renzheng/identity"
	"renzheng/verification"
	"renzheng/verification/policy"
)

type startInput struct {
	Keyed

	Body struct {
		Purpose       string         `json:"purpose" enum:"access,confirm,lift" doc:"access opens the list of todos; confirm allows the confirmation of one todo; lift allows to lift the freeze of the person's number, and takes the checks of access."`
		Document      *typedDocument `json:"document,omitempty" doc:"With access or lift: the document as typed by the person. They require this or use_prefill."`
		UsePrefill    bool           `json:"use_prefill,omitempty" doc:"With access or lift: use the prefilled document instead."`
		TodoID        string         `json:"todo_id,omitempty" maxLength:"64" pattern:"^[A-Za-z0-9._-]+$" doc:"Required with confirm: the todo."`
		Revision      int64          `json:"revision,omitempty" minimum:"1" doc:"Required with confirm: the revision that was shown."`
		ContentDigest string         `json:"content_digest,omitempty" maxLength:"64" pattern:"^[A-Za-z0-9_-]+$" doc:"Required with confirm: the digest of the content that was shown."`
	}
}

// typedDocument is a document in plain text, as typed by the person.
type typedDocument struct {
	Type   string `json:"type" enum:"resident_id,passport,hk_macau_permit,taiwan_permit,hk_macau_residence_permit,taiwan_residence_permit,foreign_permanent_resident"`
	Number secret `json:"number" minLength:"1" maxLength:"64"`
	Name   secret `json:"name" minLength:"1" maxLength:"200"`

	ValidFrom  secret `json:"valid_from,omitzero" maxLength:"10" pattern:"^[0-9-]*$" doc:"First day of the validity as printed. Send it with valid_until, or omit both." example:"2015-03-01"`
	ValidUntil secret `json:"valid_until,omitzero" maxLength:"10" pattern:"^([0-9-]*|长期)$" doc:"Last day of the validity as printed, or 长期." example:"长期"`
}

// parse reads the document; at is its place in the request.
func (h *handlers) parse(d typedDocument, at string) (identity.Document, error) {
	document, err := identity.ParseDocument(identity.DocumentType(d.Type), d.Number.Reveal(), d.Name.Reveal())
	if err != nil {
		return identity.Document{}, invalidAt(at, err)
	}
	if document.BornAfter(h.clock()) { // nobody has this number yet, so it was mistyped
		return identity.Document{}, problem.Invalid(problem.InvalidValue{Pointer: at + "/number", Rule: identity.RuleNumberBirthDate})
	}
	document, err = document.WithValidity(d.ValidFrom.Reveal(), d.ValidUntil.Reveal())
	if err != nil { // the rule is about both members; it is reported at the second
		return identity.Document{}, problem.Invalid(problem.InvalidValue{Pointer: at + "/valid_until", Rule: identity.RuleValidity})
	}
	return document, nil
}

func (h *handlers) startVerification(ctx context.Context, in *startInput) (*kept[verificationBody], error) {
	c := callOf(ctx)
	if missing := in.missing(); len(missing) > 0 {
		return nil, problem.Reject(problem.RequestUnfit, missing...)
	}
	request := verification.StartRequest{
		Purpose: policy.Purpose(in.Body.Purpose), UsePrefill: in.Body.UsePrefill,
	}
	if in.Body.Document != nil {
		document, err := h.parse(*in.Body.Document, "/document")
		if err != nil {
			return nil, err
		}
		request.Document = &document
	}
	if in.Body.TodoID != "" || in.Body.Revision != 0 || in.Body.ContentDigest != "" {
		request.Todo = &verification.TodoBinding{
			TodoID: in.Body.TodoID, Revision: in.Body.Revision, ContentDigest: in.Body.ContentDigest,
		}
	}
	begun, err := once(ctx, h, func(ctx context.Context) (fresh[verificationBody], error) {
		view, err := h.verifications.Start(ctx, c.actor(), request)
		if err != nil {
			return fresh[verificationBody]{}, err
		}
		return fresh[verificationBody]{
			status: http.StatusCreated, location: verificationPath + view.ID, body: h.verification(view, c),
		}, nil
	})
	if err != nil {
		return nil, err
	}
	if err := h.stillSeen(ctx, begun.Replayed, strings.TrimPrefix(begun.Location, verificationPath)); err != nil {
		return nil, err
	}
	return begun, nil
}

const verificationPath = "/v1/verifications/"

// missing returns the members that the purpose requires and the request lacks.
func (in *startInput) missing() []problem.InvalidValue {
	var missing []problem.InvalidValue
	need := func(there bool, pointer string) {
		if !there {
			missing = append(missing, problem.InvalidValue{Pointer: pointer, Rule: ruleRequired})
		}
	}
	switch policy.Purpose(in.Body.Purpose) {
	case policy.Access, policy.Lift:
		need(in.Body.Document != nil || in.Body.UsePrefill, "/document")
	case policy.Confirm:
		need(in.Body.TodoID != "", "/todo_id")
		need(in.Body.Revision != 0, "/revision")
		need(in.Body.ContentDigest != "", "/content_digest")
	}
	return missing
}

type verificationOutput struct{ Body verificationBody }

func (h *handlers) getVerification(ctx context.Context, in *Identified) (*verificationOutput, error) {
	c := callOf(ctx)
	view, err := h.verifications.Get(ctx, c.actor(), in.ID)
	if err != nil {
		return nil, err
	}
	return &verificationOutput{h.verification(view, c)}, nil
}

func (h *handlers) voidVerification(ctx context.Context, in *Identified) (*struct{}, error) {
	c := callOf(ctx)
	err := h.verifications.Void(ctx, c.actor(), in.ID)
	if err == nil {
		c.verification = in.ID
	}
	return nil, err
}
