package todo

import (
	"context"
	"errors"
	"fmt"
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
// todo, verification, confirmation and event in one transaction. replayed tells
// that an earlier call with the same key made the answer.
//
// Errors: ErrNotFound; *RefusedError, among them CodeAlreadyAnswered with the
// answer that stands.
func (s *Service) ConfirmTodo(ctx context.Context, v Viewer, r ConfirmRequest) (c Confirmation, replayed bool, err error) {
	strokes, err := DecodeStrokes(r.Strokes)
	if err != nil {
		return Confirmation{}, false, err
	}
	now := s.now()
	a := answering{viewer: v, todoID: r.TodoID, revision: r.Revision, contentDigest: r.ContentDigest, key: r.Key, now: now}
	t, proof, err := s.Answers.Ready(ctx, v, r.TodoID, r.VerificationID, now)
	unfit := unfitCode(err)
	if err != nil && unfit == "" {
		return Confirmation{}, false, fmt.Errorf("reading what is to be confirmed: %w", err)
	}
	if code := a.against(t); code != "" {
		return s.standing(ctx, a, "", code)
	}
	if unfit != "" {
		return s.standing(ctx, a, "", unfit)
	}
	c, err = s.draft(a, t, DecisionConfirmed)
	if err != nil {
		return Confirmation{}, false, err
	}
	c.VerificationID, c.PortraitID, c.Strokes = proof.VerificationID, proof.PortraitID, []byte(strokes.Encode())
	if err := s.seal(&c, t, &proof.Access, &proof); err != nil {
		return Confirmation{}, false, err
	}
	return s.settle(ctx, a, c, t)
}

// unfitCode gives the public code of a verification that does not fit, or "".
func unfitCode(err error) string {
	switch {
	case errors.Is(err, ErrConsumed):
		return CodeVerificationConsumed
	case errors.Is(err, ErrConflict):
		return CodeVerificationNotUsable
	}
	return ""
}
