package todo

import (
	"context"
	"fmt"
	"slices"

	"renzheng/tracing"
)

// DeclineRequest is how a person declines what was shown (R22).
type DeclineRequest struct {
	TodoID        string
	Revision      int64
	ContentDigest string
	Reason        DeclineReason
	Key           Key // with an empty Value the call has no idempotency key
}

// DeclineReasons returns the reasons a person can choose from, in the order to
// show them. The slice is the caller's own.
func DeclineReasons() []DeclineReason {
	return []DeclineReason{NotMine, ContentWrong, NotAgreed, OtherReason}
}

// DeclineTodo records that the person declines. The answer is final for the
// revision and needs neither a second face check nor handwriting, which its receipt
// states. Errors are those of ConfirmTodo.
func (s *Service) DeclineTodo(ctx context.Context, v Viewer, r DeclineRequest) (_ AnswerResult, err error) {
	ctx, span := tracing.Start(ctx, "todo DeclineTodo")
	defer func() { span.End(err) }()
	if !slices.Contains(DeclineReasons(), r.Reason) {
		return AnswerResult{}, rejected(CodeReasonInvalid)
	}
	return answered(func() (AnswerResult, error) { return s.decline(ctx, v, r) })
}

func (s *Service) decline(ctx context.Context, v Viewer, r DeclineRequest) (AnswerResult, error) {
	now := s.now()
	a := answering{viewer: v, todoID: r.TodoID, revision: r.Revision, contentDigest: r.ContentDigest, key: r.Key, now: now}
	t, err := s.Todos.Todo(ctx, v, r.TodoID, now)
	if err != nil {
		return AnswerResult{}, fmt.Errorf("reading what is to be declined: %w", err)
	}
	if code := a.against(t); code != "" {
		return s.existingAnswer(ctx, a, "", rejected(code))
	}
	c, err := s.draft(a, t, DecisionDeclined)
	if err != nil {
		return AnswerResult{}, err
	}
	c.Reason = r.Reason
	access, err := s.Answers.Access(ctx, v, now)
	if err != nil {
		return AnswerResult{}, fmt.Errorf("reading the checks behind a grant: %w", err)
	}
	if err := s.seal(&c, t, &access, nil); err != nil {
		return AnswerResult{}, err
	}
	return s.settle(ctx, a, c, t, nil)
}
