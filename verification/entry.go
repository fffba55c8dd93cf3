package verification

import "renzheng/identity"

// EntryKind groups failures for a client that does not know a code. Open: a
// later version may add kinds.
type EntryKind string

// The kinds of failures.
const (
	KindIdentity  EntryKind = "identity"
	KindAccount   EntryKind = "account"
	KindGuardian  EntryKind = "guardian"
	KindDocument  EntryKind = "document"
	KindFace      EntryKind = "face"
	KindCard      EntryKind = "card"
	KindClient    EntryKind = "client"
	KindTechnical EntryKind = "technical"
	KindLimit     EntryKind = "limit"
	KindRoute     EntryKind = "route"
)

// Entry is what is known of one failure.
type Entry struct {
	Code      FailureCode
	Kind      EntryKind
	Prompt    identity.Text // the headline
	Cause     identity.Text // what may be behind it; never which element was wrong (R13)
	Remedies  []Remedy      // in the order to try them; the last two are always the window and support
	Retryable bool          // the same step may pass when repeated
	Counted   bool          // it uses up a try
	Planned   bool          // no code produces it yet; its code and texts are kept for a later version
}
