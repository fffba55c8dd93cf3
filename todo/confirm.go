package todo

import (
	"cmp"
	"context"
	"fmt"

	"renzheng/tracing"
)

// ConfirmRequest is a person's yes to what was shown (R21).
type ConfirmRequest struct {
	TodoID         string
	VerificationID string // the second face check, passed for exactly this content (R6)
	Revision       int64
	ContentDigest  string
	Strokes        string // the handwriting, see Strokes
	Key            Key    // with an empty Value the call has no idempotency key
}

// ConfirmTodo answers a todo with yes: it seals the receipt, and then settles
// todo, verification, confirmation and event in one transaction.
//
// Errors: ErrNotFound; *RejectedError, among them CodeAlreadyAnswered with the
// existing answer.
func (s *Service) ConfirmTodo(ctx context.Context, v Viewer, r ConfirmRequest) (_ AnswerResult, err error) {
	ctx, span := tracing.Start(ctx, "todo ConfirmTodo")
	defer func() { span.End(err) }()
	strokes, err := DecodeStrokes(r.Strokes)
	if err != nil {
		return AnswerResult{}, err
	}
	return answered(func() (AnswerResult, error) { return s.confirm(ctx, v, r, strokes) })
}

func (s *Service) confirm(ctx context.Context, v Viewer, r ConfirmRequest, strokes Strokes) (AnswerResult, error) {
	now := s.now()
	a := answering{viewer: v, todoID: r.TodoID, revision: r.Revision, contentDigest: r.ContentDigest, key: r.Key, now: now}
	ready, err := s.Answers.Ready(ctx, v, r.TodoID, r.VerificationID, now)
	if err != nil {
		return AnswerResult{}, fmt.Errorf("reading the todo and verification of a confirmation: %w", err)
	}
	t, proof := ready.Todo, ready.Proof
	if code := cmp.Or(a.against(t), ready.code()); code != "" {
		return s.existingAnswer(ctx, a, "", rejected(code))
	}
	c, err := s.draft(a, t, DecisionConfirmed)
	if err != nil {
		return AnswerResult{}, err
	}
	c.VerificationID, c.PortraitID, c.Strokes = proof.VerificationID, proof.PortraitID, []byte(strokes.Encode())
	if err := s.seal(&c, t, &proof.Access, proof); err != nil {
		return AnswerResult{}, err
	}
	return s.settle(ctx, a, c, t, proof.Stamp)
}

// code returns the code of the error if the verification cannot confirm the todo, or "".
func (r Readiness) code() string {
	switch {
	case r.Consumed:
		return CodeVerificationConsumed
	case r.Proof == nil:
		return CodeVerificationNotUsable
	}
	return ""
}
