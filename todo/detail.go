package todo

import (
	"context"
	"fmt"

	"renzheng/tracing"
)

// Detail returns one of the viewer's todos with all that is shown and digested.
// Where it is open, it is recorded that this session was shown it, without which
// no verification for its confirmation can begin (R6).
//
// Errors: ErrNotFound, *RejectedError with CodeNameDiffers.
func (s *Service) Detail(ctx context.Context, v Viewer, id string) (_ Todo, err error) {
	ctx, span := tracing.Start(ctx, "todo Detail")
	defer func() { span.End(err) }()
	t, err := s.Peek(ctx, v, id)
	if err != nil || t.State != Open || !t.ServedAt.IsZero() {
		return t, err
	}
	if err := s.Todos.MarkServed(ctx, v, t, s.now()); err != nil {
		return Todo{}, fmt.Errorf("recording what was shown: %w", err)
	}
	return t, nil
}

// Peek is Detail for an answer that shows the person nothing of the todo, such as
// that to HEAD. It does not record that the session was shown the todo.
func (s *Service) Peek(ctx context.Context, v Viewer, id string) (Todo, error) {
	now := s.now()
	t, err := s.Todos.Todo(ctx, v, id, now)
	if err != nil {
		return Todo{}, fmt.Errorf("reading a todo: %w", err)
	}
	if !t.Signer.Name.Equal(v.Name) {
		if err := s.reportName(ctx, t, now); err != nil {
			return Todo{}, err
		}
		return Todo{}, rejected(CodeNameDiffers)
	}
	return t.at(now), nil
}
