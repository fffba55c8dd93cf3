package verification

import (
	"context"
	"time"

	"renzheng/identity"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

// Reservation reserves one try before the provider is called (R11), in one
// transaction.
type Reservation struct {
	Attempt  Attempt
	Card     identity.BankCard // zero unless a quota is ByCard
	Quotas   []policy.Quota    // the account's own first
	Consents []ConsentNeed     // required by the statement that reserves (R34)
	Now      time.Time
}

// ConsentNeed is a consent that must be live at the moment of use.
type ConsentNeed struct {
	Kind       notice.Kind
	NoticeHash string
	Since      time.Time // accepted at or after
}

// Settlement ends an attempt, or leaves it unknown.
type Settlement struct {
	Attempt       Attempt        // with the new State, Failure, Counted, SettledAt
	From          []AttemptState // empty for an attempt that was closed before: only its result and its tries are recorded
	Check         CheckState     // the check's next state
	Skip          *Check         // a following check that an earlier attempt already satisfies (R13)
	Verification  State          // the verification's next state; "" = stays
	Portrait      []byte         // kept only with a pass
	UsableUntil   time.Time      // with Verification passed or awaiting_acceptance
	NextQuery     time.Time      // when the worker queries again; only for an undecided attempt
	UnlessStopped bool           // a pass that a freeze of the person's number or a bar rejects
	NothingDone   bool           // the provider surely did nothing: quotas that count queries are released too
}

// AttemptStore keeps attempts, quotas and portraits.
type AttemptStore interface {
	// Reserve takes one try from every quota, supersedes the check's open attempt,
	// inserts the new attempt and opens the check. A superseded attempt that reached
	// its provider keeps its tries (R63). Reserve requires that the verification is
	// open, unexpired and of this session, and that every consent is live.
	// *ExhaustedError, ErrConsent, ErrConflict.
	Reserve(ctx context.Context, r Reservation) error
	// Reassign moves an open attempt without a provider's id from one provider, which
	// surely did nothing, to r.Attempt.Provider. The first provider's own quotas are
	// released, and r.Quotas are taken instead; the others stay. *ExhaustedError;
	// ErrConflict if the attempt has ended or moved.
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

// WorkStore is what the workers need from storage.
type WorkStore interface {
	// Unsettled returns undecided attempts that a worker must look at: open past
	// their expiry, unknown, or closed before their result was known. It leases them,
	// so that replicas share the work. An attempt that cannot be decrypted is
	// returned as Unreadable. Its cause is part of the error, which Unsettled returns
	// together with the attempts.
	Unsettled(ctx context.Context, now time.Time, limit int) ([]Pending, error)
	// ExpireVerifications ends verifications whose time has come, dropping their
	// portraits; it returns the purpose of each, also with an error.
	ExpireVerifications(ctx context.Context, now time.Time, limit int) ([]policy.Purpose, error)
}

// Pending is an unsettled attempt with its verification, for the worker.
type Pending struct {
	Attempt      Attempt
	Verification Verification
	Unreadable   bool // neither can be decrypted: Attempt has only what is not personal, and its provider cannot be queried
}
