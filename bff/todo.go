package bff

import (
	"context"
	"time"

	"renzheng/todo"
)

// todoRow is one row of the list.
type todoRow struct {
	ID             string     `json:"id,omitempty" doc:"Opaque."`
	State          string     `json:"state,omitempty" doc:"open, confirmed, refused, expired, superseded, withdrawn, done_at_window. New values may be added." example:"open"`
	Kind           string     `json:"kind" doc:"open, answered, closed or name_differs, for clients that do not know the state." example:"open"`
	RegistryName   string     `json:"registry_name"`
	EnterpriseName string     `json:"enterprise_name,omitempty"`
	BusinessKind   string     `json:"business_kind,omitempty" doc:"establishment, change, deregistration, other. New values may be added." example:"establishment"`
	BusinessLabel  string     `json:"business_label,omitempty" doc:"The registry's own words for the business."`
	Role           string     `json:"role,omitempty" example:"股东"`
	Represented    string     `json:"represented,omitempty" doc:"Name of the enterprise that the person represents. Absent if the role is the person's own."`
	OpenedAt       *time.Time `json:"opened_at,omitempty"`
	ExpiresAt      *time.Time `json:"expires_at,omitempty" doc:"End of the seven days."`
	AnsweredAt     *time.Time `json:"answered_at,omitempty"`
	Hint           string     `json:"hint,omitempty" doc:"With name_differs: what to do. Nothing else is shown then."`
}

type todosBody struct {
	Todos      []todoRow `json:"todos" nullable:"false" doc:"Of the last seven days, newest first."`
	NextCursor string    `json:"next_cursor,omitempty" doc:"Opaque. Absent on the last page."`
}

type todosOutput struct{ Body todosBody }

func (h *handlers) listTodos(ctx context.Context, in *listInput) (*todosOutput, error) {
	c := callOf(ctx)
	page, err := pageOf(c, *in)
	if err != nil {
		return nil, err
	}
	viewer := c.viewer()
	listing, err := h.todos.List(ctx, viewer, page)
	if err != nil {
		return nil, err
	}
	body := todosBody{Todos: make([]todoRow, len(listing.Rows)), NextCursor: cursorText(viewer.SubjectID, listing.Next)}
	for i, row := range listing.Rows {
		body.Todos[i] = h.todoRow(row, c.language)
	}
	return &todosOutput{body}, nil
}

func (h *handlers) todoRow(row todo.Row, language string) todoRow {
	if row.NameDiffers {
		return todoRow{
			Kind: todo.CodeNameDiffers, RegistryName: row.RegistryName,
			Hint: h.problems[todo.CodeNameDiffers].Detail.For(language),
		}
	}
	return todoRow{
		ID: row.ID, State: string(row.State), Kind: kindOfTodo(row.State), RegistryName: row.RegistryName,
		EnterpriseName: row.Headline.EnterpriseName, BusinessKind: string(row.Headline.BusinessKind),
		BusinessLabel: row.Headline.BusinessLabel, Role: row.Headline.Role, Represented: row.Headline.Represented,
		OpenedAt: when(row.OpenedAt), ExpiresAt: when(row.ExpiresAt), AnsweredAt: when(row.AnsweredAt),
	}
}

// todoBody is a todo with its content.
type todoBody struct {
	ID            string      `json:"id" doc:"Opaque."`
	State         string      `json:"state" example:"open"`
	Kind          string      `json:"kind" doc:"open, answered or closed." example:"open"`
	Revision      int64       `json:"revision" doc:"Return it with the answer."`
	ContentDigest string      `json:"content_digest" doc:"Identifies exactly this content. Return it with the answer."`
	Content       contentBody `json:"content" doc:"Show all of it and nothing else. It is plain text; never render it as markup."`
	OpenedAt      time.Time   `json:"opened_at"`
	ExpiresAt     time.Time   `json:"expires_at"`
	AnsweredAt    *time.Time  `json:"answered_at,omitempty"`

	Progress progressBody `json:"progress"`
}

// progressBody says how far the case is. It names nobody.
type progressBody struct {
	Signers int `json:"signers" doc:"Signers whom the case names, each role counted." example:"3"`
	Waiting int `json:"waiting" doc:"Those of them who can still answer and have not." example:"1"`
}

// contentBody is the content that is shown and digested (R18).
type contentBody struct {
	RegistryID   string      `json:"registry_id"`
	RegistryName string      `json:"registry_name"`
	CaseID       string      `json:"case_id"`
	SignerID     string      `json:"signer_id"`
	Role         string      `json:"role" example:"股东"`
	Header       headerBody  `json:"header"`
	Items        []todo.Item `json:"items" nullable:"false"`

	Represents *representedBody `json:"represents,omitempty" doc:"The enterprise that the person represents. Absent if the role is the person's own."`
}

type todoOutput struct{ Body todoBody }

func (h *handlers) getTodo(ctx context.Context, in *Identified) (*todoOutput, error) {
	read, c := h.todos.Detail, callOf(ctx)
	if c.head {
		read = h.todos.Peek
	}
	t, err := read(ctx, c.viewer(), in.ID)
	if err != nil {
		return nil, err
	}
	return &todoOutput{todoBody{
		ID: t.ID, State: string(t.State), Kind: kindOfTodo(t.State), Revision: t.Revision,
		ContentDigest: t.ContentDigest, Content: contentOf(t.Content),
		OpenedAt: utc(t.OpenedAt), ExpiresAt: utc(t.ExpiresAt), AnsweredAt: when(t.AnsweredAt),
		Progress: progressBody(t.Progress),
	}}, nil
}

func contentOf(content todo.Content) contentBody {
	body := contentBody{
		RegistryID: content.RegistryID, RegistryName: content.RegistryName, CaseID: content.CaseID,
		SignerID: content.SignerID, Role: content.Role,
		Header: headerBody{
			EnterpriseName: content.Header.EnterpriseName, BusinessKind: string(content.Header.BusinessKind),
			BusinessLabel: content.Header.BusinessLabel, Mode: string(content.Header.Mode),
			AppliedOn: content.Header.AppliedOn,
		},
		Items: append([]todo.Item{}, content.Items...),
	}
	if content.Represents != (todo.Represented{}) {
		body.Represents = (*representedBody)(&content.Represents)
	}
	return body
}

func kindOfTodo(s todo.State) string {
	switch s {
	case todo.Open:
		return "open"
	case todo.Confirmed, todo.Declined, todo.DoneAtWindow:
		return "answered"
	case todo.Expired, todo.Superseded, todo.Withdrawn:
	}
	return "closed"
}
