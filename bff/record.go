package bff

import (
	"context"
)

type confirmationsBody struct {
	Confirmations []confirmationBody `json:"confirmations" nullable:"false" doc:"Newest first."`
	NextCursor    string             `json:"next_cursor,omitempty" doc:"Opaque. Absent on the last page."`
}

type confirmationsOutput struct{ Body confirmationsBody }

func (h *handlers) listConfirmations(ctx context.Context, in *listInput) (*confirmationsOutput, error) {
	c := callOf(ctx)
	page, err := pageOf(c, *in)
	if err != nil {
		return nil, err
	}
	viewer := c.viewer()
	records, err := h.todos.ListConfirmations(ctx, viewer, page)
	if err != nil {
		return nil, err
	}
	body := confirmationsBody{
		Confirmations: make([]confirmationBody, len(records.Rows)), NextCursor: cursorText(viewer.SubjectID, records.Next),
	}
	for i, row := range records.Rows {
		body.Confirmations[i] = confirmationOf(row)
	}
	return &confirmationsOutput{body}, nil
}

type confirmationOutput struct{ Body confirmationBody }

func (h *handlers) getConfirmation(ctx context.Context, in *Identified) (*confirmationOutput, error) {
	c, err := h.todos.GetConfirmation(ctx, callOf(ctx).viewer(), in.ID)
	if err != nil {
		return nil, err
	}
	return &confirmationOutput{confirmationOf(c)}, nil
}
