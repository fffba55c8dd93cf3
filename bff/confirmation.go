package bff

import (
	"context"
	"net/http"
	"time"

	"renzheng/todo"
)

type confirmInput struct {
	Keyed
	Identified

	Body struct {
		VerificationID string `json:"verification_id" minLength:"1" maxLength:"64" pattern:"^[A-Za-z0-9._-]+$" doc:"A verification with purpose confirm that has passed for exactly this content within the last ten minutes."`
		Revision       int64  `json:"revision" minimum:"1" doc:"As shown."`
		ContentDigest  string `json:"content_digest" minLength:"1" maxLength:"64" pattern:"^[A-Za-z0-9_-]+$" doc:"As shown."`
		Strokes        secret `json:"strokes" minLength:"1" maxLength:"24576" doc:"The handwritten signature in the compact form described with this operation."`
	}
}

type refuseInput struct {
	Keyed
	Identified

	Body struct {
		Revision      int64  `json:"revision" minimum:"1" doc:"As shown."`
		ContentDigest string `json:"content_digest" minLength:"1" maxLength:"64" pattern:"^[A-Za-z0-9_-]+$" doc:"As shown."`
		Reason        string `json:"reason" enum:"not_mine,content_wrong,not_agreed,other" doc:"not_mine: somebody else uses my name."`
	}
}

// confirmationBody is the answer to a todo.
type confirmationBody struct {
	ID             string    `json:"id" doc:"Opaque."`
	TodoID         string    `json:"todo_id"`
	Decision       string    `json:"decision" doc:"confirmed, refused, done_at_window. New values may be added." example:"confirmed"`
	Kind           string    `json:"kind" doc:"yes, no or elsewhere, for clients that do not know the decision." example:"yes"`
	Reason         string    `json:"reason,omitempty" doc:"Reason of a refusal."`
	Revision       int64     `json:"revision"`
	ContentDigest  string    `json:"content_digest"`
	EnterpriseName string    `json:"enterprise_name"`
	BusinessKind   string    `json:"business_kind" example:"establishment"`
	BusinessLabel  string    `json:"business_label,omitempty"`
	Role           string    `json:"role"`
	Represented    string    `json:"represented,omitempty" doc:"Name of the enterprise that the person represented."`
	AnsweredAt     time.Time `json:"answered_at"`
	Erased         bool      `json:"erased,omitempty" doc:"The content was erased at the end of its period or by law: enterprise, business and role are empty. The receipt still verifies."`
	Links          linksBody `json:"links"`
}

type linksBody struct {
	Self    string `json:"self" example:"/v1/confirmations/cfm_0f…"`
	Receipt string `json:"receipt" doc:"The proof, to be kept."`
	Todo    string `json:"todo"`
}

type answeredOutput struct {
	Status   int
	Location string `header:"Location" doc:"Address of the confirmation."`
	Replayed string `header:"Idempotency-Replayed" doc:"true if this is the answer of an earlier call with the same key."`
	Body     confirmationBody
}

func (h *handlers) confirmTodo(ctx context.Context, in *confirmInput) (*answeredOutput, error) {
	c := callOf(ctx)
	result, err := h.todos.ConfirmTodo(ctx, c.viewer(), todo.ConfirmRequest{
		TodoID: in.ID, VerificationID: in.Body.VerificationID, Revision: in.Body.Revision,
		ContentDigest: in.Body.ContentDigest, Strokes: in.Body.Strokes.Reveal(), Key: c.answerKey(),
	})
	if err != nil {
		return nil, err
	}
	c.verification = result.VerificationID
	return answered(result), nil
}

func (h *handlers) refuseTodo(ctx context.Context, in *refuseInput) (*answeredOutput, error) {
	c := callOf(ctx)
	result, err := h.todos.DeclineTodo(ctx, c.viewer(), todo.DeclineRequest{
		TodoID: in.ID, Revision: in.Body.Revision, ContentDigest: in.Body.ContentDigest,
		Reason: todo.DeclineReason(in.Body.Reason), Key: c.answerKey(),
	})
	if err != nil {
		return nil, err
	}
	return answered(result), nil
}

func answered(r todo.AnswerResult) *answeredOutput {
	body := confirmationOf(r.Confirmation)
	return &answeredOutput{Status: http.StatusCreated, Location: body.Links.Self, Replayed: replayHeader(r.Replayed), Body: body}
}

func confirmationOf(c todo.Confirmation) confirmationBody {
	self := "/v1/confirmations/" + c.ID
	return confirmationBody{
		ID: c.ID, TodoID: c.TodoID, Decision: string(c.Decision), Kind: kindOfDecision(c.Decision),
		Reason: string(c.Reason), Revision: c.Revision, ContentDigest: c.ContentDigest,
		EnterpriseName: c.Headline.EnterpriseName, BusinessKind: string(c.Headline.BusinessKind),
		BusinessLabel: c.Headline.BusinessLabel, Role: c.Headline.Role, Represented: c.Headline.Represented,
		AnsweredAt: utc(c.AnsweredAt), Erased: c.Erased,
		Links: linksBody{Self: self, Receipt: self + "/receipt", Todo: "/v1/todos/" + c.TodoID},
	}
}

func kindOfDecision(d todo.Decision) string {
	switch d {
	case todo.DecisionConfirmed:
		return "yes"
	case todo.DecisionDeclined:
		return "no"
	case todo.DecisionDoneAtWindow:
	}
	return "elsewhere"
}
