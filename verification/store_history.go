package verification

import (
	"context"
	"time"

	"renzheng/identity"
	"renzheng/verification/policy"
)

// HistoryStore returns what is known from earlier attempts.
type HistoryStore interface {
	// Quotas returns the state of each quota, in order.
	Quotas(ctx context.Context, card identity.BankCard, quotas []policy.Quota, now time.Time) ([]policy.QuotaState, error)
	// HasPassed reports whether this account ever passed this check as this subject.
	HasPassed(ctx context.Context, accountID, subjectID string, kind policy.CheckKind) (bool, error)
	// RecentPass returns the newest passed attempt of account, subject and check
	// since a time, or ErrNotFound.
	RecentPass(ctx context.Context, accountID, subjectID string, kind policy.CheckKind, since time.Time) (Attempt, error)
	// LeftUntil returns when the first try is released that a face of the account and
	// the subject holds because the person left it before it was judged. ErrNotFound
	// if they left no face.
	LeftUntil(ctx context.Context, accountID, subjectID string) (time.Time, error)
	// BarOf returns the code of the reason and the end of the bar of a person that ends last, or "" if none is in force.
	BarOf(ctx context.Context, subjectID string, now time.Time) (reason string, until time.Time, err error)
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
	// verifications, ends its grants and forgets its remembered document. It undoes no
	// confirmation. Withdrawing a consent of kind remember only forgets the document; one
	// of kind owner_check only forgets that and the answers of owner checks. ErrNotFound.
	WithdrawConsent(ctx context.Context, accountID, id string, now time.Time) (Withdrawn, error)
	// Remember records the consent c and keeps the document of a live grant of c's
	// session and subject for the account until c.ValidUntil, replacing an earlier one.
	// ErrNoGrant, *ExhaustedError.
	Remember(ctx context.Context, c Consent, grantID string, q policy.Quota) error
	// ForgetUnoffered deletes the remembered documents of accounts whose channel is not
	// among the offered ones, with their copies, and ends the consents. It returns the
	// number of documents, at most limit.
	ForgetUnoffered(ctx context.Context, offered []string, now time.Time, limit int) (int, error)
}
