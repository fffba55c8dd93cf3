package rulebook

import (
	"context"
	"errors"
	"time"

	"renzheng/ledger"
	"renzheng/staff"
)

// Errors of the acts. Nothing was changed.
var (
	ErrNotFound   = errors.New("there is no such version")
	ErrState      = errors.New("the version is in a state that does not allow this")
	ErrFourEyes   = errors.New("the member proposed this version or rolled it back")
	ErrStale      = errors.New("the version that this one changes is no longer the last approved one")
	ErrTooMany    = errors.New("the member has as many undecided proposals of this kind as they may")
	ErrUnreviewed = errors.New("nobody has reviewed the last rollback")
)

// Kinds of entries of the ledger.
const (
	KindProposed   ledger.Kind = "rules.proposed"
	KindApproved   ledger.Kind = "rules.approved"
	KindWithdrawn  ledger.Kind = "rules.withdrawn"
	KindRolledBack ledger.Kind = "rules.rolled_back"
	KindReviewed   ledger.Kind = "rules.reviewed"
)

// Act is what a member does with a version. The store appends Entry in the act's transaction.
type Act struct {
	VersionID string
	Member    staff.Member
	Now       time.Time
	Note      string // why a version ends; "" for the other acts
	Entry     ledger.Draft
}

// Own is what a member did with a version, from whichever of their accounts.
type Own struct{ Proposed, Withdrew bool }

// Store keeps versions. Each change is one conditional statement, under a lock of the kind.
type Store interface {
	// ProposeVersion stores a proposal and assigns its number. ErrStale if its base is not the latest approved version; ErrTooMany;
	// [staff.ErrRepeated] if one with its id is there.
	ProposeVersion(ctx context.Context, v Version, proposer staff.Member, entry ledger.Draft) (Version, error)
	// ApproveVersion lets a proposal take effect, never before its base. ErrNotFound, ErrState, ErrFourEyes, ErrStale.
	ApproveVersion(ctx context.Context, a Act) (Version, error)
	// WithdrawVersion ends a version that is not in force yet. ErrNotFound, ErrState.
	WithdrawVersion(ctx context.Context, a Act) (Version, error)
	// RollBackVersion ends the version in force: what was in force before is so again. ErrNotFound; ErrState if it is not in
	// force, or another approved version follows it; ErrUnreviewed.
	RollBackVersion(ctx context.Context, a Act) (Version, error)
	// ReviewRollback records that a second member has looked at a rollback. ErrNotFound, ErrState, ErrFourEyes.
	ReviewRollback(ctx context.Context, a Act) (Version, error)

	// VersionsOf returns the newest versions of a kind without their content, newest first.
	VersionsOf(ctx context.Context, kind Kind, limit int) ([]Version, error)
	// ApprovedVersions returns the approved versions of all kinds without their content. Altered ones are marked.
	ApprovedVersions(ctx context.Context) ([]Version, error)
	// OwnActs returns what a member did with a version. ErrNotFound.
	OwnActs(ctx context.Context, m staff.Member, id string) (Own, error)
	// Version returns a version with its content. ErrNotFound.
	Version(ctx context.Context, id string) (Version, error)
}
