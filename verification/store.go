package verification

import (
	"context"
	"errors"
	"time"

	"renzheng/identity"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

// Kinds of failure of a store.
var (
	ErrNotFound  = errors.New("not found")                   // not yours or not there: the same
	ErrConflict  = errors.New("state has changed")           // a conditional update matched no row
	ErrConsent   = errors.New("a needed consent is missing") // absent, withdrawn, older than 24 h, or of an old notice
	ErrNotServed = errors.New("content was not shown to this session")
	ErrNoGrant   = errors.New("no live access grant")
)

// ExhaustedError says which budget had no try left.
type ExhaustedError struct {
	Quota  policy.Quota
	NextAt time.Time // when the window ends
}

// Error names the kind of limit only.
func (*ExhaustedError) Error() string { return "no try left" }

// Store keeps everything that the rules need.
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

// StartQuotas are the budgets that the start of a verification is taken from.
type StartQuotas struct {
	Starts   policy.Quota
	Subjects policy.Quota // access only
}

// Acceptance is the person's "this is me".
type Acceptance struct {
	SessionID      string
	VerificationID string
	GrantID        string // to be used if one is made
	Now            time.Time
	Until          time.Time
}

// GrantMade is the resulting grant.
type GrantMade struct {
	GrantID string
	Until   time.Time
}

// Reservation reserves one try before the provider is called (R11). All of it
// happens in one transaction, or nothing.
type Reservation struct {
	Attempt  Attempt
	Card     identity.BankCard // zero unless a budget is ByCard
	Quotas   []policy.Quota    // the account's own first
	Consents []ConsentNeed     // demanded by the statement that reserves (R34)
	Now      time.Time
}

// ConsentNeed is a consent that must live at the moment of use.
type ConsentNeed struct {
	Kind       notice.Kind
	NoticeHash string
	Since      time.Time // accepted at or after
}

// Settlement ends an attempt, or leaves it unknown.
type Settlement struct {
	Attempt      Attempt        // with the new State, Failure, Counted, SettledAt
	From         []AttemptState // empty for an attempt that was closed before: only its result and its tries are recorded
	Check        CheckState     // the check's next state
	Skip         *Check         // a following check that an earlier attempt already satisfies (R13)
	Verification State          // the verification's next state; "" = stays
	Portrait     []byte         // kept only with a pass
	UsableUntil  time.Time      // with Whole passed or awaiting_acceptance
	NextQuery    time.Time      // when the worker asks again; for an undecided attempt
	NothingDone  bool           // the provider surely did nothing: what counts queries is given back too
}

// AttemptStore keeps attempts, budgets and portraits.
type AttemptStore interface {
	// Reserve takes one try from every budget, supersedes the check's open attempt,
	// inserts the new attempt and opens the check. A superseded attempt that reached
	// its provider keeps its tries (R63). Reserve requires that the verification is
	// open, unexpired and of this session, and that every consent is live.
	// *ExhaustedError, ErrConsent, ErrConflict.
	Reserve(ctx context.Context, r Reservation) error
	// Reassign moves an open attempt that has no provider's id from one provider,
	// which surely did nothing, to r.Attempt.Provider: what was taken from the
	// first one's own budgets is given back and r.Budgets are taken instead, the
	// others stay. *ExhaustedError; ErrConflict when the attempt has ended or moved.
	Reassign(ctx context.Context, from string, r Reservation) error
	// LeftFace returns the newest face attempt of a verification that ended before a
	// face was judged, while the provider may still judge one. ErrNotFound.
	LeftFace(ctx context.Context, sessionID, verificationID string, now time.Time) (Attempt, error)
	// Reopen opens the attempt that LeftFace returned, and its check, with the tries
	// that it has reserved. It requires what Reserve requires. ErrConsent;
	// ErrConflict when it has been decided or reopened meanwhile.
	Reopen(ctx context.Context, r Reservation) error
	// Attach stores the provider's id and call on an open attempt. ErrConflict when
	// it was superseded meanwhile, or (provider, provider id) was seen before.
	Attach(ctx context.Context, a Attempt) error
	// Settle applies s if the attempt is still in one of the states s.From, and
	// releases the reservation unless the attempt is Counted or Undecided. If the
	// attempt was closed meanwhile, Settle records its result once, corrects the
	// reservation and returns ErrConflict: the caller reads again. With an empty
	// s.From it only records the result, without an error.
	Settle(ctx context.Context, s Settlement) error
	// Attempt returns an attempt of a verification that Store.Verification finds.
	Attempt(ctx context.Context, sessionID, id string, now time.Time) (Attempt, error)
}

// WorkStore gives workers what nobody came back for.
type WorkStore interface {
	// Unsettled returns undecided attempts that a worker must look at: open past
	// their expiry, unknown, or closed before their result was known. It leases them,
	// so that replicas share the work. An attempt that cannot be decrypted is
	// returned as Unreadable. Its cause is part of the error, which Unsettled returns
	// together with the attempts.
	Unsettled(ctx context.Context, now time.Time, limit int) ([]Pending, error)
	// ExpireVerifications ends verifications whose time has come, dropping their
	// portraits; it returns how many.
	ExpireVerifications(ctx context.Context, now time.Time, limit int) (int, error)
}

// Pending is an unsettled attempt with its verification, for the worker.
type Pending struct {
	Attempt      Attempt
	Verification Verification
	Unreadable   bool // neither can be decrypted: Attempt has only what is not personal, and its provider cannot be asked
}

// HistoryStore answers what earlier attempts say.
type HistoryStore interface {
	// Quotas returns the state of each budget, in order.
	Quotas(ctx context.Context, card identity.BankCard, budgets []policy.Quota, now time.Time) ([]policy.QuotaState, error)
	// HasPassed reports whether this account ever passed this check as this subject.
	HasPassed(ctx context.Context, accountID, subjectID string, kind policy.CheckKind) (bool, error)
	// RecentPass returns the newest passed attempt of account, subject and check
	// since a time. ErrNotFound when there is none.
	RecentPass(ctx context.Context, accountID, subjectID string, kind policy.CheckKind, since time.Time) (Attempt, error)
	// LeftUntil returns when the first try is released that a face of the account and
	// the subject holds because the person left it before it was judged. ErrNotFound
	// if they left no face.
	LeftUntil(ctx context.Context, accountID, subjectID string) (time.Time, error)
	// Portrait returns the picture of a verification of this session that awaits
	// acceptance or whose grant is live. The grant of an access verification is the
	// one that was made from it. The grant of a confirm verification is the one that
	// it was begun under, and counts only while the verification is usable.
	Portrait(ctx context.Context, sessionID, verificationID string, now time.Time) ([]byte, error)
}

// ConsentStore keeps records of acceptance. Withdrawing ends a record and does
// not delete it; retention deletes it (R64).
type ConsentStore interface {
	// InsertConsent records c as a row of its own and takes one acceptance from b. A
	// repetition within a minute returns the first row. An acceptance is valid for
	// one person only, the one whose face passed with it. Until then it is only valid
	// in its session. *ExhaustedError.
	InsertConsent(ctx context.Context, c Consent, b policy.Quota) (Consent, error)
	// Consents returns the live consents of an account.
	Consents(ctx context.Context, accountID string, now time.Time) ([]Consent, error)
	// WithdrawConsent ends the account's consents of that kind, voids its open
	// verifications and ends its grants. It undoes no confirmation. ErrNotFound.
	WithdrawConsent(ctx context.Context, accountID, id string, now time.Time) (Withdrawn, error)
}
