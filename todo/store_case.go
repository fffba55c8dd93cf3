package todo

import (
	"context"
	"time"
)

// CasePlan is a decided change of a case. Everything in it is one transaction,
// guarded by the revision it was decided on.
type CasePlan struct {
	Case        Case   // as it will be; Case.ID set
	OldRevision int64  // 0 = the case must not exist yet
	Supersede   []Todo // open ones that end as superseded, with an event each
	End         []Todo // open ones that end as withdrawn (signer removed, case withdrawn); no event: the registry asked
	Open        []Todo // new ones; the store finds or creates their subjects
	Events      []Event
	Now         time.Time
}

// CaseStore keeps cases for registries.
type CaseStore interface {
	// Case returns a registry's case with the newest todo of each signer, content
	// included. ErrNotFound.
	Case(ctx context.Context, registryID, caseID string) (Case, error)
	// CaseOutline is Case without the contents of the todos, which are many megabytes
	// for a large case. ErrNotFound.
	CaseOutline(ctx context.Context, registryID, caseID string) (Case, error)
	// ApplyCase carries out p and returns the outline of the case. ErrConflict when
	// the case is no longer at p.OldRevision in the state it was read in, or one of
	// p.Supersede and p.End was answered meanwhile.
	ApplyCase(ctx context.Context, p CasePlan) (Case, error)
	// CloseSigner writes the registry's statement that a signer was served at the
	// window: the open or expired todo becomes done_at_window with c as its answer.
	// No event. ErrConflict when it is neither any more.
	CloseSigner(ctx context.Context, c Confirmation) error
	// Standing returns the answer of a todo that Case returned. ErrNotFound.
	Standing(ctx context.Context, t Todo) (Confirmation, error)
}
