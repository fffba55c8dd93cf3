package bar

import (
	"context"
	"time"

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
	// ApproveBar puts a bar into force that another member has proposed. It ends every grant of the person and voids every
	// verification, and appends to the ledger, in one transaction. ErrNotFound, ErrFourEyes, ErrState.
	ApproveBar(ctx context.Context, d Decision) error
	// RejectBar drops a proposal. Its proposer may do so too. ErrNotFound, ErrState.
	RejectBar(ctx context.Context, d Decision) error
	// EndBar ends a bar in force before its time. One member suffices, because it restores a right. ErrNotFound, ErrState.
	EndBar(ctx context.Context, d Decision) error
	// Bars returns the latest bars but those of the member. They do not say whose they are.
	Bars(ctx context.Context, m staff.Member, limit int) ([]Bar, error)
}
