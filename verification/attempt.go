package verification

import (
	"time"

	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

// AttemptState is the state of an attempt (R16).
type AttemptState string

// The states of an attempt.
const (
	AttemptOpen       AttemptState = "open"       // reserved; the provider may have been called
	AttemptPassed     AttemptState = "passed"     // by our own query of the provider
	AttemptFailed     AttemptState = "failed"     // the provider decided against
	AttemptCancelled  AttemptState = "cancelled"  // the person left, or nothing was decided
	AttemptUnknown    AttemptState = "unknown"    // queryable: reconciled at the next poll or by the worker
	AttemptUnresolved AttemptState = "unresolved" // not queryable, never repeated (R11)
	AttemptSuperseded AttemptState = "superseded" // closed before it ended; its result has no effect (R10)
)

// Attempt is one try of a check with a provider.
type Attempt struct {
	ID             string // "att_" + 28 hex digits: also the provider's order number, 32 characters
	VerificationID string
	SessionID      string
	AccountID      string
	SubjectID      string
	Check          policy.CheckKind
	Provider       string // "alipay", "tencentcloud", …
	ProviderID     string // e.g. certify_id; (Provider, ProviderID) is unique
	State          AttemptState
	Failure        failure.Code // why it did not pass
	Counted        bool         // it used up a try
	Undecided      bool         // the provider may still decide, or its decision is not recorded yet: the tries stay reserved (R63)
	Call           *FaceCall    // what the client must call; face only
	Level          string       // with a pass: the provider's name of its product, for the receipt
	CardLast4      string       // bank card only
	StartedAt      time.Time
	ExpiresAt      time.Time // a pass that arrives later does not count (R5)
	SettledAt      time.Time
}

// FaceCall is what the client calls to let the person show their face.
type FaceCall struct {
	Kind      string // "my.startAPVerify", "wx.requestFacialVerify" or "page"
	CertifyID string
	URL       string // signed; only for the session of the attempt, never logged
}
