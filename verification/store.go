package verification

import (
	"context"
	"errors"
	"time"

	"renzheng/verification/policy"
)

// The errors of a store. They are returned wrapped.
var (
	ErrNotFound  = errors.New("not found")                   // or not the caller's: the two are not distinguished
	ErrConflict  = errors.New("state has changed")           // a conditional update matched no row
	ErrConsent   = errors.New("a needed consent is missing") // absent, withdrawn, older than 24 h, or of an old notice
	ErrNotServed = errors.New("content was not shown to this session")
	ErrNoGrant   = errors.New("no live access grant")
	ErrFrozen    = errors.New("the person has frozen their number")
	ErrBarred    = errors.New("an authority has barred the person")
)

// ExhaustedError names the quota that has no try left.
type ExhaustedError struct {
	Quota  policy.Quota
	NextAt time.Time // when the window ends
}

// Error does not name the quota, which may be hidden.
func (*ExhaustedError) Error() string { return "no try left" }

// Store is everything that the rules need from storage. Safe for concurrent use.
type Store interface {
	StateStore
	AttemptStore
	WorkStore
	HistoryStore
	ConsentStore
	policy.SwitchStore
}

// StateStore keeps verifications and their checks.
type StateStore interface {
	// InsertVerification inserts v with its checks, in one transaction, and returns
	// v with SubjectID set. It takes one start from q.Starts and voids the other
	// open verifications of the same session and purpose.
	//
	// For access it finds or creates the subject of v.Document (R1) and counts it
	// among the subjects of this account and day (q.Subjects). *ExhaustedError if a
	// quota is used up.
	//
	// For confirm the subject is that of the grant. The insert itself requires a
	// live grant of the session that owns the todo, that the todo is open at that
	// revision and digest, and that this session was served that digest.
	// ErrNotFound, ErrConflict, ErrNotServed.
	InsertVerification(ctx context.Context, v Verification, q StartQuotas) (Verification, error)
	// Verification returns a verification of this session with its checks. A confirm
	// verification is found only while the grant that it was begun under is live (R3).
	Verification(ctx context.Context, sessionID, id string, now time.Time) (Verification, error)
	// LatestVerification returns the session's newest verification that is open or
	// awaiting acceptance, under the same condition.
	LatestVerification(ctx context.Context, sessionID string, now time.Time) (Verification, error)
	// VoidVerification ends a verification that is open, awaiting acceptance or
	// passed, ends a grant made from it and drops its portrait. Its open attempts
	// become superseded; those that reached their provider keep their tries (R63).
	// ErrConflict if the verification has already ended.
	VoidVerification(ctx context.Context, sessionID, id string, now time.Time) error
	// Accept makes the access grant by one conditional update (awaiting_acceptance
	// → passed within UsableUntil), ending the session's earlier grants, and
	// attaches the account's consents to the subject. Accepting twice returns the
	// same grant.
	Accept(ctx context.Context, a Acceptance) (GrantMade, error)
}

// StartQuotas are the quotas that the start of a verification is taken from.
type StartQuotas struct {
	Starts   policy.Quota
	Subjects policy.Quota // access only
}

// Acceptance is the acceptance of a portrait by the person.
type Acceptance struct {
	SessionID      string
	VerificationID string
	GrantID        string // of the grant, if one is made
	Now            time.Time
	Until          time.Time
}

// GrantMade is the resulting grant.
type GrantMade struct {
	GrantID string
	Until   time.Time
}
