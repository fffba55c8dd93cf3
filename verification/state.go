package verification

import (
	"time"

	"renzheng/verification/policy"
)

// currentState returns v in the state that follows from its times, even if no worker
// has recorded it yet.
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
		if v.Purpose != policy.Access && !now.Before(v.UsableUntil) {
			v.State = Expired
		}
	case Failed, Expired, Voided, Consumed:
	}
	return v
}

// stateError returns the error for a call that a state does not allow.
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

// allows returns nil if kind is the next check, or a *StateError.
func allows(v Verification, kind policy.CheckKind) error {
	if v.State != Open {
		return stateError(v.State)
	}
	next := v.Next()
	switch check := v.check(kind); {
	case check == nil:
		return &StateError{Code: CodeNotNeeded, State: v.State}
	case check.State == CheckPassed || check.State == CheckSkipped:
		return &StateError{Code: CodeCheckDone, State: v.State}
	case next == nil || next.Kind == policy.Face && kind != policy.Face:
		return &StateError{Code: CodeFaceFirst, State: v.State} // R13; the face always comes first
	case next.Kind != kind:
		return &StateError{Code: CodeEarlierFirst, State: v.State}
	}
	return nil
}
