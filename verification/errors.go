package verification

import (
	"errors"
	"fmt"
	"time"

	"renzheng/identity"
	"renzheng/verification/failure"
	"renzheng/verification/notice"
)

// ErrNoticeStale is returned for the acceptance of a notice that is not in force, or
// no longer. Nothing is recorded then.
var ErrNoticeStale = errors.New("not the notice in force")

// ErrRequest is returned when a request does not have what its purpose needs:
// a document or the prefill for access, a todo for confirm.
var ErrRequest = errors.New("request does not fit its purpose")

// The codes of a StateError. Public, stable.
const (
	CodeExpired      = "verification_expired"
	CodeVoided       = "verification_voided"
	CodeFailed       = "verification_failed"
	CodeConsumed     = "verification_consumed"
	CodePassed       = "verification_passed"
	CodeAwaiting     = "verification_awaiting_acceptance"
	CodeOpen         = "verification_open"    // not all checks have passed
	CodeFaceFirst    = "face_first"           // R13: data sources are queried after the face
	CodeEarlierFirst = "earlier_check_first"  // the policy's order: another check comes before
	CodeCheckDone    = "check_done"           // passed, or skipped for an earlier pass
	CodeNotNeeded    = "check_not_needed"     // the policy does not require it
	CodeRunning      = "check_running"        // its answer is on the way
	CodeSuperseded   = "attempt_superseded"   // a newer attempt took its place
	CodeNoPrefill    = "prefill_missing"      // none, used, or older than ten minutes
	CodeStateMoved   = "verification_changed" // by a call at the same time: read again
	CodeTodoChanged  = "todo_changed"         // the todo is not open any more at that revision and digest
)

// StateError is returned if the state does not allow the call. It is an ErrConflict.
type StateError struct {
	Code  string
	State State // of the verification; "" without one
}

// Error names the code.
func (e *StateError) Error() string { return "state does not allow the call: " + e.Code }

// Unwrap makes it an ErrConflict.
func (*StateError) Unwrap() error { return ErrConflict }

// ConsentError lists the notices that must be accepted first, in the default
// language. Service.InLanguage translates them.
type ConsentError struct{ Missing []notice.Notice }

// Error names no notice.
func (*ConsentError) Error() string { return "a needed consent is missing" }

// Unwrap makes it an ErrConsent.
func (*ConsentError) Unwrap() error { return ErrConsent }

// RejectedError is returned before any provider was called. No try was used and
// nothing was stored.
type RejectedError struct {
	Code  failure.Code
	Note  identity.Text // the operator's text, with check_switched_off; else zero
	Until time.Time     // when the check is switched on again by itself; zero if that is unknown
}

// Error names the code.
func (e *RejectedError) Error() string { return "rejected: " + string(e.Code) }

// wrap adds the act to an error. It returns nil for nil.
func wrap(act string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", act, err)
}
