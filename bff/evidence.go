package bff

import (
	"context"
	"encoding/json"
	"time"

	"renzheng/receipt"
	"renzheng/todo"
)

// SignerName is the input of calls that name a signer of a registry's case.
type SignerName struct {
	CaseName

	SignerID string `path:"signer_id" doc:"The registry's own id of the signer." minLength:"1" maxLength:"64" pattern:"^([A-Za-z0-9_-]|[.][A-Za-z0-9_-]|[.][.][A-Za-z0-9._-])[A-Za-z0-9._-]*$"`
}

type evidenceInput struct {
	SignerName

	Revision int64 `query:"revision" minimum:"1" doc:"The revision that was answered, as in the event. Omit it for the signer's newest answer."`
}

// evidenceBody is the evidence of one answer for the registry (R27). It contains nothing that the receipt does not prove. Its
// members are in the order of RFC 8785, because the verifier accepts only that text. Personal.
type evidenceBody struct {
	Handwriting []byte        `json:"handwriting,omitempty" doc:"PNG in base64. Absent if nothing was signed."`
	Openings    []openingBody `json:"openings" nullable:"false" doc:"The values and salts behind the receipt's commitments, in the order of its members."`
	Portrait    []byte        `json:"portrait,omitempty" doc:"JPEG or PNG in base64. Absent if the provider returned none, and after its deletion."`
	Receipt     string        `json:"receipt" doc:"Compact JWS."`
	Scan        [][]byte      `json:"scan,omitempty" nullable:"false" doc:"Pages of the paper that was signed at a window, each a JPEG in base64. Absent if none was scanned."`
}

type openingBody struct {
	Domain string          `json:"domain" example:"renzheng/content/1"`
	Salt   string          `json:"salt" doc:"32 bytes in base64url."`
	Value  json.RawMessage `json:"value" doc:"The value of the commitment, as RFC 8785 JSON."`
}

type evidenceOutput struct{ Body evidenceBody }

func (h *handlers) getEvidence(ctx context.Context, in *evidenceInput) (*evidenceOutput, error) {
	read, c := h.todos.GetEvidence, callOf(ctx)
	if c.head {
		read = h.todos.PeekEvidence
	}
	found, err := read(ctx, todo.EvidenceQuery{RegistryID: c.registry, CaseID: in.CaseID, SignerID: in.SignerID, Revision: in.Revision})
	if err != nil {
		return nil, err
	}
	file := found.File()
	body := evidenceBody{
		Receipt: file.Receipt, Openings: make([]openingBody, len(file.Openings)),
		Portrait: file.Portrait, Handwriting: file.Handwriting, Scan: file.Scan,
	}
	for i, o := range file.Openings {
		if body.Openings[i], err = opening(o); err != nil {
			return nil, err
		}
	}
	return &evidenceOutput{body}, nil
}

// opening encodes a salt as the receipt package does.
func opening(o receipt.Opening) (openingBody, error) {
	salt, err := o.Salt.MarshalText()
	if err != nil {
		return openingBody{}, err
	}
	return openingBody{Domain: o.Domain, Salt: string(salt), Value: o.Value}, nil
}

// closedBody is a registry's statement about one of its signers.
type closedBody struct {
	SignerID   string    `json:"signer_id"`
	TodoID     string    `json:"todo_id"`
	Decision   string    `json:"decision" example:"done_at_window"`
	AnsweredAt time.Time `json:"answered_at"`
	Receipt    string    `json:"receipt" doc:"Compact JWS. It names the registry as the author of the statement."`
}

type closedOutput struct{ Body closedBody }

func (h *handlers) closeSigner(ctx context.Context, in *SignerName) (*closedOutput, error) {
	c, err := h.todos.CloseSigner(ctx, callOf(ctx).registry, in.CaseID, in.SignerID)
	if err != nil {
		return nil, err
	}
	return &closedOutput{closedOf(c)}, nil
}

func closedOf(c todo.Confirmation) closedBody {
	return closedBody{
		SignerID: c.SignerID, TodoID: c.TodoID, Decision: string(c.Decision),
		AnsweredAt: utc(c.AnsweredAt), Receipt: c.Receipt,
	}
}
