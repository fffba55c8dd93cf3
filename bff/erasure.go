package bff

import (
	"context"
	"time"

	"renzheng/rights"
)

type eraseInput struct {
	Body struct {
		Understood bool `json:"understood" enum:"true" doc:"The person was shown what goes, what stays and why, and asked for it."`
	}
}

// erasureBody is an erasure and what it has left for now.
type erasureBody struct {
	ID          string       `json:"id"`
	State       string       `json:"state" doc:"requested (nothing is erased yet), partly or done. New values may be added." example:"partly"`
	RequestedAt time.Time    `json:"requested_at"`
	ErasedAt    *time.Time   `json:"erased_at,omitempty" doc:"When the person and the account were erased."`
	DoneAt      *time.Time   `json:"done_at,omitempty" doc:"When the last of the rest was."`
	Stays       []groundBody `json:"stays" nullable:"false" doc:"What is left, why and until when."`
}

type erasureOutput struct {
	Location string `header:"Location" doc:"Address of the erasure."`
	Body     erasureBody
}

func (h *handlers) eraseMe(ctx context.Context, _ *eraseInput) (*erasureOutput, error) {
	c := callOf(ctx)
	progress, err := h.rights.Erase(ctx, c.rightsViewer())
	if err != nil {
		return nil, err
	}
	out := erasureOf(progress, c.language)
	out.Location = "/v1/erasures/" + progress.ID
	return out, nil
}

func (h *handlers) getErasure(ctx context.Context, in *Identified) (*erasureOutput, error) {
	progress, err := h.rights.Erasure(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return erasureOf(progress, callOf(ctx).language), nil
}

func erasureOf(p rights.Progress, language string) *erasureOutput {
	return &erasureOutput{Body: erasureBody{
		ID: p.ID, State: string(p.State), RequestedAt: utc(p.RequestedAt), ErasedAt: when(p.ErasedAt), DoneAt: when(p.DoneAt),
		Stays: groundsOf(p.Stays, language),
	}}
}
