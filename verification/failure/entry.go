package failure

import "renzheng/identity"

// Kind groups failures for a client that does not know a code. Open: a
// later version may add kinds.
type Kind string

// The kinds of failures.
const (
	KindIdentity  Kind = "identity"
	KindAccount   Kind = "account"
	KindGuardian  Kind = "guardian"
	KindDocument  Kind = "document"
	KindFace      Kind = "face"
	KindCard      Kind = "card"
	KindClient    Kind = "client"
	KindTechnical Kind = "technical"
	KindLimit     Kind = "limit"
	KindRoute     Kind = "route"
)

// Entry is what is known of one failure.
type Entry struct {
	Code      Code
	Kind      Kind
	Prompt    identity.Text // the headline
	Cause     identity.Text // what may be behind it; never which element was wrong (R13)
	Remedies  []Remedy      // in the order to try them; the last two are always the window and support
	Retryable bool          // the same step may pass when repeated
	Counted   bool          // it uses up a try
	Planned   bool          // no code produces it yet; its code and texts are kept for a later version
}
