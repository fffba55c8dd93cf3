package todo

import (
	"context"
	"time"
)

// TodoStore reads todos for a person. Every reading method joins a live grant (R3).
//
//nolint:revive // next to CaseStore and AnswerStore a bare Store would seem to be all of them
type TodoStore interface {
	// ListTodos returns the todos of the viewer's subject opened since a time,
	// newest first, in one statement. Superseded ones are left out: the todo that
	// took their place is there. RegistryName and NameDiffers are for the caller.
	ListTodos(ctx context.Context, v Viewer, since, now time.Time, p Page) ([]Row, error)
	// Todo returns one with its content. ErrNotFound.
	Todo(ctx context.Context, v Viewer, id string, now time.Time) (Todo, error)
	// MarkServed records that this session was shown that digest (R6).
	MarkServed(ctx context.Context, v Viewer, t Todo, now time.Time) error
	// InsertEvent writes e unless the same (todo, type) has one. It is the one method
	// without a viewer: the caller has just read the todo.
	InsertEvent(ctx context.Context, e Event) error
}
