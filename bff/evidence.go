package bff

import (
	"context"
	"encoding/json"
	"time"

	"renzheng/identity"
	"renzheng/receipt"
	"renzheng/todo"
)

// SignerName is the input of calls that name a signer of a registry's case.
type SignerName struct {
	CaseName

	SignerID string `path:"signer_id" doc:"The registry's own id of the signer." minLength:"1" maxLength:"64" pattern:"^([A-Za-z0-9_-]|[.][A-Za-z0-9_-]|[.][.][A-Za-z0-9._-])[A-Za-z0-9._-]*$"`
}

// evidenceBody is all that a registry files of one answer (R27). Personal.
type evidenceBody struct {
	CaseID      string        `json:"case_id"`
	SignerID    string        `json:"signer_id"`
	Document    plainDocument `json:"document" doc:"As the registry named the person."`
	Decision    string        `json:"decision" example:"confirmed"`
	Reason      string        `json:"reason,omitempty"`
	AnsweredAt  time.Time     `json:"answered_at"`
	Content     contentBody   `json:"content" doc:"As it was shown."`
	Receipt     string        `json:"receipt" doc:"Compact JWS."`
	Openings    []openingBody `json:"openings" nullable:"false" doc:"The salts and values behind the receipt's commitments."`
	Portrait    *pictureBody  `json:"portrait,omitempty" doc:"Absent where the provider gave none, or its time is over."`
	Handwriting *pictureBody  `json:"handwriting,omitempty" doc:"Absent where nothing was signed."`
}

// plainDocument is a document in plaintext.
type plainDocument struct {
	Type   string `json:"type" example:"resident_id"`
	Number string `json:"number"`
	Name   string `json:"name"`
}

type openingBody struct {
	Domain     string          `json:"domain" example:"renzheng/content/1"`
	Salt       string          `json:"salt" doc:"base64url."`
	Value      json.RawMessage `json:"value" doc:"What was committed to, as JSON."`
	Commitment string          `json:"commitment"`
}

type pictureBody struct {
	MediaType string `json:"media_type" example:"image/png"`
	Data      []byte `json:"data" doc:"base64."`
}

type evidenceOutput struct{ Body evidenceBody }

func (a *API) getEvidence(ctx context.Context, in *SignerName) (*evidenceOutput, error) {
	read, c := a.deps.Todos.GetEvidence, callOf(ctx)
	if c.head {
		read = a.deps.Todos.PeekEvidence
	}
	found, err := read(ctx, c.registry, in.CaseID, in.SignerID)
	if err != nil {
		return nil, err
	}
	body := evidenceBody{
		CaseID: in.CaseID, SignerID: in.SignerID, Document: revealed(found.Todo.Signer),
		Decision: string(found.Confirmation.Decision), Reason: string(found.Confirmation.Reason),
		AnsweredAt: utc(found.Confirmation.AnsweredAt), Content: contentOf(found.Todo.Content),
		Receipt: found.Confirmation.Receipt, Openings: make([]openingBody, len(found.Confirmation.Openings)),
		Portrait: picture(found.Portrait), Handwriting: picture(found.Handwriting),
	}
	for i, o := range found.Confirmation.Openings {
		if body.Openings[i], err = opening(o); err != nil {
			return nil, err
		}
	}
	return &evidenceOutput{body}, nil
}

func revealed(d identity.Document) plainDocument {
	return plainDocument{Type: string(d.Type), Number: d.Number.Reveal(), Name: d.Name.Original()}
}

// opening spells a salt as the receipt package does.
func opening(o receipt.Opening) (openingBody, error) {
	salt, err := o.Salt.MarshalText()
	return openingBody{
		Domain: o.Domain, Salt: string(salt), Value: o.Value, Commitment: string(o.Commitment),
	}, err
}

func picture(data []byte) *pictureBody {
	if len(data) == 0 {
		return nil
	}
	return &pictureBody{MediaType: pictureType(data), Data: data}
}

// closedBody is a registry's statement about one of its signers.
type closedBody struct {
	SignerID   string    `json:"signer_id"`
	TodoID     string    `json:"todo_id"`
	Decision   string    `json:"decision" example:"done_at_window"`
	AnsweredAt time.Time `json:"answered_at"`
	Receipt    string    `json:"receipt" doc:"Compact JWS; it names the registry as the one who says so."`
}

type closedOutput struct{ Body closedBody }

func (a *API) closeSigner(ctx context.Context, in *SignerName) (*closedOutput, error) {
	c, err := a.deps.Todos.CloseSigner(ctx, callOf(ctx).registry, in.CaseID, in.SignerID)
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
