package todo

import (
	"context"
	"fmt"
)

// Detail gives one of the viewer's todos with all that is shown and digested.
// Where it is open, it is recorded that this session was shown it, without which
// no verification for its confirmation can begin (R6).
//
// Errors: ErrNotFound, *RefusedError with CodeNameDiffers.
func (s *Service) Detail(ctx context.Context, v Viewer, id string) (Todo, error) {
	now := s.now()
	t, err := s.Todos.Todo(ctx, v, id, now)
	if err != nil {
		return Todo{}, fmt.Errorf("reading a todo: %w", err)
	}
	if !t.Signer.Name.Equal(v.Name) {
		if err := s.reportName(ctx, t, now); err != nil {
			return Todo{}, err
		}
		return Todo{}, refused(CodeNameDiffers)
	}
	t = t.at(now)
	if t.State != Open {
		return t, nil
	}
	if err := s.Todos.MarkServed(ctx, v, t, now); err != nil {
		return Todo{}, fmt.Errorf("recording what was shown: %w", err)
	}
	return t, nil
}
