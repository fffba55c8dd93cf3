package verification

import (
	"context"
	"fmt"
	"time"

	"renzheng/verification/policy"
)

// verification reads one of the actor's session, as it stands now.
func (s *Service) verification(ctx context.Context, a Actor, id string) (Verification, error) {
	now := s.now()
	v, err := s.deps.Store.Verification(ctx, a.SessionID, id, now)
	if err != nil {
		return Verification{}, fmt.Errorf("reading a verification: %w", err)
	}
	return currentState(v, now), nil
}

// currentState gives v the state that its times say, before a worker has written it
// down: nobody waits for a worker.
func currentState(v Verification, now time.Time) Verification {
	switch v.State {
	case Open:
		if !now.Before(v.ExpiresAt) {
			v.State = Expired
		}
	case AwaitingAcceptance:
		if !now.Before(v.UsableUntil) {
			v.State = Expired
		}
	case Passed:
		if v.Purpose == policy.Confirm && !now.Before(v.UsableUntil) {
			v.State = Expired
		}
	case Failed, Expired, Voided, Consumed:
	}
	return v
}

// stateError says what stands in the way.
func stateError(state State) *StateError {
	code := CodeStateMoved
	switch state {
	case Open:
		code = CodeOpen
	case AwaitingAcceptance:
		code = CodeAwaiting
	case Passed:
		code = CodePassed
	case Failed:
		code = CodeFailed
	case Expired:
		code = CodeExpired
	case Voided:
		code = CodeVoided
	case Consumed:
		code = CodeConsumed
	}
	return &StateError{Code: code, State: state}
}

// moved says what stands after a conditional update matched no row.
func (s *Service) moved(ctx context.Context, v Verification) error {
	read, err := s.verification(ctx, Actor{SessionID: v.SessionID}, v.ID)
	if err != nil {
		return err
	}
	if read.State == Open {
		return &StateError{Code: CodeStateMoved, State: Open}
	}
	return stateError(read.State)
}
