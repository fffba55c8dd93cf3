package failure

import "renzheng/identity"

// Kind groups failures for clients that do not know a code. A later version may add
// kinds.
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

// Entry is one failure of the catalogue.
type Entry struct {
	Code      Code
	Kind      Kind
	Prompt    identity.Text // the headline
	Cause     identity.Text // the possible cause; never which element was wrong (R13)
	Remedies  []Remedy      // in the order to try them; the last two are always the window and support
	Retryable bool          // the same step may pass when repeated
	Counted   bool          // it uses up a try
	Planned   bool          // nothing produces it yet; its code and texts are kept for a later version
}
