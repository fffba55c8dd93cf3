package todo

import "fmt"

// Codes of a RejectedError. They are public: never reused or renamed.
const (
	CodeAlreadyAnswered       = "todo_already_answered"   // Confirmation is the existing answer
	CodeRevisionStale         = "revision_stale"          // another content than the one that was shown: read again
	CodeExpired               = "todo_expired"            // the window has passed
	CodeWithdrawn             = "todo_withdrawn"          // the registry no longer asks
	CodeNameDiffers           = "name_differs"            // the registry has this document under another name (R8)
	CodeVerificationNotUsable = "verification_not_usable" // not passed, too old, or bound to something else (R6)
	CodeVerificationConsumed  = "verification_consumed"   // it has made its answer
	CodeStrokesInvalid        = "strokes_invalid"         // Rule is the broken rule
	CodeStrokesReused         = "strokes_reused"          // identical to an earlier handwriting of this person, or at a window to one of anybody there
	CodeKeyReused             = "idempotency_key_reused"  // with another body
	CodeReasonInvalid         = "reason_invalid"          // not one of DeclineReasons
	CodeCaseRevisionConflict  = "case_revision_conflict"  // lower, or the same with other content
	CodeCaseWithdrawn         = "case_withdrawn"          // final: a withdrawn case takes no more revisions
	CodeCaseErased            = "case_erased"             // final: its period is over
	CodeEvidenceErased        = "evidence_erased"         // Confirmation is the answer, of which the receipt is left
	CodeContentInvalid        = "content_invalid"         // Violations lists where and why
)

// RejectedError is a decision against a call, to be told to the caller. It holds
// no value of the caller's.
type RejectedError struct {
	Code         string
	Confirmation *Confirmation // with CodeAlreadyAnswered and CodeEvidenceErased
	Rule         string        // with CodeStrokesInvalid: the broken rule
	Violations   []Violation   // with CodeContentInvalid, in the order of the document; up to MaxViolations
}

var _ error = (*RejectedError)(nil)

// Error returns the code and the rule, and for violations the first of them.
func (r *RejectedError) Error() string {
	text := "rejected: " + r.Code
	if r.Rule != "" {
		text += " " + r.Rule
	}
	if len(r.Violations) > 0 {
		first := r.Violations[0]
		text += fmt.Sprintf(" %s at %s (%d in all)", first.Rule, first.Pointer, len(r.Violations))
	}
	return text
}

func rejected(code string) error { return &RejectedError{Code: code} }
