package bff

import (
	"context"
	"errors"
	"net/http"
	"time"

	"renzheng/identity"
	"renzheng/todo"
)

// CaseName is the input of calls that name a registry's case.
type CaseName struct {
	CaseID string `path:"case_id" doc:"The registry's id of the case." minLength:"1" maxLength:"64" pattern:"^([A-Za-z0-9_-]|[.][A-Za-z0-9_-]|[.][.][A-Za-z0-9._-])[A-Za-z0-9._-]*$"`
}

type pushInput struct {
	CaseName

	Body pushRequest
}

// pushRequest is a case as its registry sees it. The rules check its texts and
// report the place of each violation.
type pushRequest struct {
	Revision int64          `json:"revision" minimum:"1" doc:"Increases with each change of content."`
	Header   headerBody     `json:"header"`
	Items    []todo.Item    `json:"items" nullable:"false" doc:"Shown to every signer in this order. All values are text, including amounts: JSON numbers are rejected, and so are markup and unusual characters."`
	Signers  []pushedSigner `json:"signers" nullable:"false" doc:"One entry for each person and role."`
}

type pushedSigner struct {
	SignerID string         `json:"signer_id" doc:"The registry's own id, unique in the case."`
	Role     string         `json:"role" example:"股东"`
	Document pushedDocument `json:"document"`
	Items    []todo.Item    `json:"items,omitempty" nullable:"false" doc:"Shown to this signer after the items of the case."`

	Represents *representedBody `json:"represents,omitempty" doc:"The enterprise that the person represents, if the role is not the person's own: a legal person that is a shareholder, or the company to which a branch belongs."`
}

type pushedDocument struct {
	Type   string `json:"type"`
	Number secret `json:"number"`
	Name   secret `json:"name"`
}

// caseBody is the current state of a case.
type caseBody struct {
	CaseID   string       `json:"case_id"`
	Revision int64        `json:"revision"`
	State    string       `json:"state" doc:"open or withdrawn. New values may be added." example:"open"`
	Changed  *bool        `json:"changed,omitempty" doc:"With a push: whether it changed anything."`
	Signers  []signerBody `json:"signers" nullable:"false"`
}

type signerBody struct {
	SignerID      string     `json:"signer_id"`
	Role          string     `json:"role"`
	Represented   string     `json:"represented,omitempty" doc:"Name of the enterprise that the signer represents."`
	TodoID        string     `json:"todo_id" doc:"The newest todo."`
	State         string     `json:"state" doc:"open, confirmed, refused, expired, superseded, withdrawn, done_at_window. New values may be added." example:"open"`
	Kind          string     `json:"kind" doc:"open, answered or closed." example:"open"`
	Revision      int64      `json:"revision" doc:"The revision of this todo."`
	ContentDigest string     `json:"content_digest"`
	ExpiresAt     time.Time  `json:"expires_at"`
	AnsweredAt    *time.Time `json:"answered_at,omitempty"`
	Frozen        bool       `json:"frozen" doc:"The signer has frozen their number: nobody can answer this open todo before the freeze is lifted."`
}

type caseOutput struct {
	Status   int
	Location string `header:"Location" doc:"Address of the case. Present with 201."`
	Body     caseBody
}

func (h *handlers) pushCase(ctx context.Context, in *pushInput) (*caseOutput, error) {
	result, err := h.todos.Push(ctx, in.push(callOf(ctx).registry))
	if err != nil {
		return nil, err
	}
	out := &caseOutput{Status: http.StatusOK, Body: caseOf(result.Case)}
	out.Body.Changed = &result.Changed
	if result.Created {
		out.Status, out.Location = http.StatusCreated, "/registry/v1/cases/"+in.CaseID
	}
	return out, nil
}

// push reads the documents of the signers. The rules check everything else.
func (in *pushInput) push(registryID string) todo.Push {
	header := in.Body.Header
	push := todo.Push{
		RegistryID: registryID, CaseID: in.CaseID, Revision: in.Body.Revision,
		Header: todo.Header{
			EnterpriseName: header.EnterpriseName, BusinessKind: todo.BusinessKind(header.BusinessKind),
			BusinessLabel: header.BusinessLabel, Mode: todo.Mode(header.Mode), AppliedOn: header.AppliedOn,
		},
		Items: append([]todo.Item{}, in.Body.Items...), Signers: make([]todo.Signer, len(in.Body.Signers)),
	}
	for i, s := range in.Body.Signers {
		document, misread := s.Document.read()
		push.Signers[i] = todo.Signer{
			SignerID: s.SignerID, Role: s.Role, Represents: (*todo.Represented)(s.Represents), Document: document,
			Misread: misread, Items: append([]todo.Item{}, s.Items...),
		}
	}
	return push
}

// read returns the document, or all rules that it breaks.
func (d pushedDocument) read() (identity.Document, []identity.FieldError) {
	kind := identity.DocumentType(d.Type)
	number, errNumber := identity.ParseNumber(kind, d.Number.Reveal())
	name, errName := identity.ParseName(d.Name.Reveal())
	var misread []identity.FieldError
	for _, err := range []error{errNumber, errName} {
		if problem, broken := errors.AsType[identity.FieldError](err); broken {
			misread = append(misread, problem)
		}
	}
	return identity.Document{Type: kind, Number: number, Name: name}, misread
}

func (h *handlers) getCase(ctx context.Context, in *CaseName) (*caseOutput, error) {
	found, err := h.todos.GetCase(ctx, callOf(ctx).registry, in.CaseID)
	if err != nil {
		return nil, err
	}
	return &caseOutput{Status: http.StatusOK, Body: caseOf(found)}, nil
}

func (h *handlers) withdrawCase(ctx context.Context, in *CaseName) (*struct{}, error) {
	return nil, h.todos.WithdrawCase(ctx, callOf(ctx).registry, in.CaseID)
}

func caseOf(found todo.Case) caseBody {
	body := caseBody{
		CaseID: found.CaseID, Revision: found.Revision, State: string(found.State),
		Signers: make([]signerBody, len(found.Todos)),
	}
	for i, t := range found.Todos {
		body.Signers[i] = signerBody{
			SignerID: t.SignerID, Role: t.Headline.Role, Represented: t.Headline.Represented, TodoID: t.ID,
			State: string(t.State), Kind: kindOfTodo(t.State),
			Revision: t.Revision, ContentDigest: t.ContentDigest, ExpiresAt: utc(t.ExpiresAt), AnsweredAt: when(t.AnsweredAt),
			Frozen: t.SignerFrozen && t.State == todo.Open,
		}
	}
	return body
}
