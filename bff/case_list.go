package bff

import (
	"context"
	"fmt"
	"time"

	"renzheng/bff/problem"
	"renzheng/todo"
)

type caseListInput struct {
	State  string    `query:"state" enum:"open,withdrawn" doc:"Only cases in this state."`
	Since  time.Time `query:"since" doc:"Only cases whose current revision was received at this time or later."`
	Until  time.Time `query:"until" doc:"Only cases whose current revision was received before this time."`
	Prefix string    `query:"case_id_prefix" maxLength:"64" pattern:"^[A-Za-z0-9._-]+$" doc:"Only cases whose id begins with this text. The list is then in the order of the case ids."`
	Cursor string    `query:"cursor" maxLength:"200" doc:"next_cursor of the previous page."`
	Limit  int       `query:"limit" minimum:"1" maximum:"50" doc:"Maximum number of cases, 20 by default."`
}

// owner identifies the list that a cursor belongs to: that of a registry, with these filters.
func (in *caseListInput) owner(registryID string) string {
	return fmt.Sprintf("%s\x00%s\x00%d\x00%d\x00%s", registryID, in.State, in.Since.UnixNano(), in.Until.UnixNano(), in.Prefix)
}

// caseSummary is one line of the list of cases.
type caseSummary struct {
	CaseID     string       `json:"case_id"`
	Revision   int64        `json:"revision"`
	State      string       `json:"state" doc:"open or withdrawn. New values may be added." example:"open"`
	ReceivedAt time.Time    `json:"received_at" doc:"When the current revision was received."`
	Signers    signerCounts `json:"signers" doc:"How many signers have which kind of todo."`
}

type signerCounts struct {
	Open     int `json:"open"`
	Answered int `json:"answered" doc:"confirmed, refused or done_at_window."`
	Closed   int `json:"closed" doc:"expired or withdrawn."`
}

type caseListBody struct {
	Cases      []caseSummary `json:"cases" nullable:"false"`
	NextCursor string        `json:"next_cursor,omitempty" doc:"Opaque. Send it with the same filters. Absent on the last page."`
}

type caseListOutput struct{ Body caseListBody }

func (h *handlers) listCases(ctx context.Context, in *caseListInput) (*caseListOutput, error) {
	registryID := callOf(ctx).registry
	query := todo.CaseQuery{
		RegistryID: registryID, State: todo.CaseState(in.State), Since: in.Since, Until: in.Until, Prefix: in.Prefix, Limit: in.Limit,
	}
	if in.Cursor != "" {
		after, ok := readCursor(in.owner(registryID), in.Cursor)
		if !ok {
			return nil, problem.Invalid(problem.InvalidValue{Parameter: "cursor", Rule: ruleCursor})
		}
		query.After = after
	}
	listing, err := h.todos.ListCases(ctx, query)
	if err != nil {
		return nil, err
	}
	body := caseListBody{Cases: make([]caseSummary, len(listing.Cases)), NextCursor: cursorText(in.owner(registryID), listing.Next)}
	for i, c := range listing.Cases {
		body.Cases[i] = caseSummary{
			CaseID: c.CaseID, Revision: c.Revision, State: string(c.State), ReceivedAt: utc(c.ReceivedAt), Signers: signerCounts(c.Signers),
		}
	}
	return &caseListOutput{body}, nil
}
