package verification

import (
	"context"
	"errors"
	"time"

	"renzheng/identity"
	"renzheng/verification/failure"
)

// ErrNothingDone is returned by a provider if the request surely had no effect: it
// was not sent, or it was rejected as a request. Nothing is counted, and another
// provider may be queried instead. Every other error leaves the outcome in doubt. A
// result that failed with ProviderBusy has the same meaning: there it is the source
// itself that reports it.
var ErrNothingDone = errors.New("the provider did nothing")

// FaceStart is the request to begin a face check. It carries the account, so that a
// link that is passed on to another person does not pass (R5).
type FaceStart struct {
	AttemptID   string // order number, [A-Za-z0-9_]{1,32}
	Document    identity.Document
	User        identity.ChannelUser
	ReturnURL   string // where the client goes afterwards; "" if it stays
	PortraitToo bool   // also request the picture
}

// FaceStarted is the provider's answer.
type FaceStarted struct {
	ProviderID string
	Call       FaceCall
}

// Outcome is a provider's decision in our words.
type Outcome string

// The outcomes.
const (
	OutcomePassed  Outcome = "passed"
	OutcomeFailed  Outcome = "failed"  // decided; Failure is the reason
	OutcomePending Outcome = "pending" // the person has not finished
)

// FaceResult is the answer to our own query.
type FaceResult struct {
	Outcome  Outcome
	Failure  failure.Code // with OutcomeFailed
	Reusable time.Time    // with OutcomeFailed: no face was judged, and until then the same call may have one judged; zero if final (R63)
	Liveness bool         // the provider's own verdict; a pass requires it (R14)
	Portrait []byte       // JPEG or PNG, nil if the provider returned none
	Level    string       // the provider's name of its product, for the receipt, e.g. "FACE"
}

// FaceQuery is the query for the result of a face check. It carries everything that
// the check was bound to, because a provider may decide only about the person it was
// begun for. None of it is stored with the provider's id, which is not secret.
type FaceQuery struct {
	ProviderID string // as returned by StartFace
	AttemptID  string // order number, as in FaceStart
	StartedAt  time.Time
	Document   identity.Document
	User       identity.ChannelUser // zero if the account is gone
}

// FaceChecker checks a live face against the record of a document.
//
// Errors of StartFace: ErrNothingDone, or any other (outcome in doubt: the try
// is released, since a face that was never shown cannot have failed). Errors of
// QueryFace leave the attempt unknown.
type FaceChecker interface {
	StartFace(ctx context.Context, s FaceStart) (FaceStarted, error)
	QueryFace(ctx context.Context, q FaceQuery) (FaceResult, error)
}

// BankCardQuery is the query whether a card belongs to a person.
type BankCardQuery struct {
	AttemptID string
	Document  identity.Document
	Card      identity.BankCard
	Phone     identity.Phone // zero for three elements
}

// Decision is what a data source or an authority decided.
type Decision struct {
	Outcome   Outcome // passed or failed
	Failure   failure.Code
	Uncounted bool   // nothing was compared: no record, or rejected unread; uses up no try although the public code is the same (R13)
	RequestID string // the provider's, for support
	Level     string // the provider's name of its product, for the receipt, e.g. "BankCard4EVerification"
}

// BankCardChecker checks a bank card with a data source. It cannot be queried
// afterwards: an error other than ErrNothingDone is `unresolved` (R11).
type BankCardChecker interface {
	CheckBankCard(ctx context.Context, q BankCardQuery) (Decision, error)
}

// FourElementsQuery is the query whether name, number and both ends of the validity
// belong to one document. The document has ValidFrom, and ValidUntil or LongTerm.
type FourElementsQuery struct {
	AttemptID string
	Document  identity.Document
}

// FourElementsChecker checks the elements with a data source. Like a bank card
// it cannot be queried afterwards.
type FourElementsChecker interface {
	CheckFourElements(ctx context.Context, q FourElementsQuery) (Decision, error)
}

// DocumentQuery is the query whether a document is as its holder typed it.
type DocumentQuery struct {
	AttemptID string // order number; a repetition with the same one returns the same decision
	Document  identity.Document
}

// DocumentChecker checks a document with the authority that issued it. An error
// other than ErrNothingDone leaves the attempt unknown: the same query may be
// made again.
type DocumentChecker interface {
	CheckDocument(ctx context.Context, q DocumentQuery) (Decision, error)
}
