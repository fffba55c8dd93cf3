package todo

import (
	"time"

	"renzheng/receipt"
)

// Decision of an answer.
type Decision string

// The decisions.
const (
	DecisionConfirmed    Decision = "confirmed"
	DecisionDeclined     Decision = "refused"
	DecisionDoneAtWindow Decision = "done_at_window" // the statement of the registry (R22), or of the authority at whose window it was
)

// DeclineReason is why a person declines.
type DeclineReason string

// The reasons.
const (
	NotMine      DeclineReason = "not_mine"      // 不是我办的
	ContentWrong DeclineReason = "content_wrong" // 内容有误
	NotAgreed    DeclineReason = "not_agreed"    // 不同意办理
	OtherReason  DeclineReason = "other"
)

// Confirmation is the signed answer to one todo revision. There is at most one.
type Confirmation struct {
	ID             string // "cfm_…"
	TodoID         string
	CaseRow        string
	RegistryID     string
	CaseID         string
	SignerID       string
	SubjectID      string
	AccountID      string // "" when done at the window
	VerificationID string // "" unless confirmed
	GrantID        string // the grant under which it was given; stored, but not loaded
	Revision       int64
	ContentDigest  string
	Decision       Decision
	Reason         DeclineReason // when declined only
	Headline       Headline
	Receipt        string            // compact JWS
	Openings       []receipt.Opening // what the receipt commits to; personal
	Strokes        []byte            // as Strokes.Encode returns it, nil unless confirmed or signed on a pad
	Scan           [][]byte          // pages of a signed paper, JPEG; stored, and loaded with the evidence only; personal
	PortraitID     string
	AnsweredAt     time.Time
	Window         *WindowRecord // of an answer at a window of the authority; stored, and loaded by AnsweredAtWindow only
	Erased         bool          // what is personal is erased: Headline, Openings, Strokes and Scan are zero, ids and receipt stay
}
