package bar

import (
	"context"
	"time"

	"renzheng/identity"
	"renzheng/ledger"
	"renzheng/staff"
)

// Decision is what a second reviewer does about a proposed bar, or any reviewer about one in force.
type Decision struct {
	ID     string
	Member staff.Member
	Now    time.Time
	Entry  ledger.Draft // of an approval or an end
}

// Store keeps bars. Nobody finds or changes a bar of their own, and each change is one conditional update that says so (R52).
// Safe for concurrent use.
type Store interface {
	// ProposeBar stores a proposal. The person need not be known, so that a proposal tells nothing about them. ErrOwn.
	ProposeBar(ctx context.Context, p Proposal) (Bar, error)
	// RevealBar records that a member is shown whose a bar is, and returns that, in one transaction. ErrNotFound.
	RevealBar(ctx context.Context, m staff.Member, id string, now time.Time) (Bar, identity.Document, error)
	// ApproveBar puts a bar into force that another member has proposed, and of which this one was shown the person since. It ends every grant of the person and voids every
	// verification, and appends to the ledger, in one transaction. ErrNotFound, ErrFourEyes, ErrUnread, ErrState.
	ApproveBar(ctx context.Context, d Decision) error
	// RejectBar drops a proposal. Its proposer may do so too. ErrNotFound, ErrState.
	RejectBar(ctx context.Context, d Decision) error
	// EndBar ends a bar in force before its time. One member suffices, because it restores a right. ErrNotFound, ErrState.
	EndBar(ctx context.Context, d Decision) error
	// Bars returns the latest bars except the member's own. They do not name persons.
	Bars(ctx context.Context, m staff.Member, limit int) ([]Bar, error)
}
