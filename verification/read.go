package verification

import (
	"context"
	"errors"
	"fmt"

	"renzheng/verification/policy"
)

// verification returns a verification of the actor's session in its current state.
func (s *Service) verification(ctx context.Context, a Actor, id string) (Verification, error) {
	now := s.now()
	v, err := s.deps.Store.Verification(ctx, a.SessionID, id, now)
	if err != nil {
		return Verification{}, fmt.Errorf("reading a verification: %w", err)
	}
	return currentState(v, now), nil
}

// moved returns the error for a conditional update that matched no row.
func (s *Service) moved(ctx context.Context, v Verification) error {
	current, err := s.verification(ctx, Actor{SessionID: v.SessionID}, v.ID)
	if err != nil {
		return err
	}
	if current.State == Open {
		return &StateError{Code: CodeStateMoved, State: Open}
	}
	return stateError(current.State)
}

// openAttempt returns the attempt of a check that has begun and awaits its result, or
// nil if the check has none.
func (s *Service) openAttempt(ctx context.Context, v Verification, kind policy.CheckKind) (*Attempt, error) {
	check := v.check(kind)
	if check == nil || check.State != CheckOpen || check.AttemptID == "" {
		return nil, nil
	}
	a, err := s.deps.Store.Attempt(ctx, v.SessionID, check.AttemptID, s.now())
	if err != nil || !awaitsResult(a) {
		return nil, wrap("reading the open attempt", err)
	}
	return &a, nil
}

// awaitsResult reports whether an attempt has begun and not ended.
func awaitsResult(a Attempt) bool { return a.State == AttemptOpen || a.State == AttemptUnknown }

// leftFace returns the face of v that the person left last, if it can still be
// finished, else nil.
func (s *Service) leftFace(ctx context.Context, v Verification) (*Attempt, error) {
	if check := v.check(policy.Face); check == nil || check.State != CheckPending || check.Failure == "" {
		return nil, nil
	}
	left, err := s.deps.Store.LeftFace(ctx, v.SessionID, v.ID, s.now())
	if errors.Is(err, ErrNotFound) || err == nil && !s.canFinish(left) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the face that was left: %w", err)
	}
	return &left, nil
}

// timeToFinish is how long a person needs for a face, including the steps to the
// camera.
const timeToFinish = FacePass / 2

// canFinish reports whether the call of a face has time left for a person.
func (s *Service) canFinish(a Attempt) bool {
	return a.Call != nil && !s.now().Add(timeToFinish).After(a.ExpiresAt)
}
