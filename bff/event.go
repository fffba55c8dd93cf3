package bff

import (
	"context"
	"time"

	"renzheng/todo"
)

type feedInput struct {
	After int64 `query:"after" minimum:"0" doc:"Position of the last event that was read. 0 or absent to start at the first event."`
	Limit int   `query:"limit" minimum:"1" maximum:"500" doc:"Maximum number of events, 100 by default."`
}

// eventBody is one event of a registry.
type eventBody struct {
	ID             string    `json:"id" doc:"Never changes. A push of the event has the same id."`
	Type           string    `json:"type" doc:"todo.confirmed, todo.refused, todo.done_at_window, todo.expired, todo.superseded, signer.name_mismatch, signer.viewed, signer.verified, portrait.expiring, signer.erased, signer.frozen, signer.unfrozen, impersonation.reported. New values may be added." example:"todo.confirmed"`
	Position       int64     `json:"position" doc:"In this registry's feed, without gaps within an epoch."`
	CreatedAt      time.Time `json:"created_at"`
	CaseID         string    `json:"case_id"`
	SignerID       string    `json:"signer_id"`
	TodoID         string    `json:"todo_id"`
	Revision       int64     `json:"revision"`
	ConfirmationID string    `json:"confirmation_id,omitempty"`
	Receipt        string    `json:"receipt,omitempty" doc:"Compact JWS. Present if the event is about an answer."`
}

type feedBody struct {
	Events    []eventBody `json:"events" nullable:"false" doc:"In order."`
	NextAfter int64       `json:"next_after" doc:"Value of after for the next request."`
	Epoch     int64       `json:"epoch" minimum:"1" doc:"One more after each time that the authority restored its database from a backup. Positions then go on above all earlier ones. What happened after the backup may be missing: compare your files with the service." example:"1"`
}

type feedOutput struct{ Body feedBody }

func (h *handlers) listFeed(ctx context.Context, in *feedInput) (*feedOutput, error) {
	events, err := h.todos.ListFeed(ctx, callOf(ctx).registry, in.After, in.Limit)
	if err != nil {
		return nil, err
	}
	body := feedBody{Events: make([]eventBody, len(events)), NextAfter: in.After, Epoch: h.epoch}
	for i, e := range events {
		body.Events[i] = eventOf(e)
		body.NextAfter = e.Position
	}
	return &feedOutput{body}, nil
}

func eventOf(e todo.Event) eventBody {
	return eventBody{
		ID: e.ID, Type: string(e.Type), Position: e.Position, CreatedAt: utc(e.CreatedAt), CaseID: e.CaseID,
		SignerID: e.SignerID, TodoID: e.TodoID, Revision: e.Revision, ConfirmationID: e.ConfirmationID, Receipt: e.Receipt,
	}
}

func (h *handlers) redeliver(ctx context.Context, in *Identified) (*struct{}, error) {
	return nil, h.todos.Redeliver(ctx, callOf(ctx).registry, in.ID)
}
