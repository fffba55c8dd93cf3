package retention

import (
	"context"
	"time"
)

// Cut selects the rows of a class whose time has come.
type Cut struct {
	Class    Class
	Registry string    // of cases; otherwise ""
	Before   time.Time // rows whose period began up to this time, or that contain an end up to this time
	Again    time.Time // of accounts: what an account that something still names is treated as, so that it is found again later
}

// Batch is what one call of a purge did.
type Batch struct {
	Gone int // rows deleted or erased: of verifications, cases and accounts themselves, without what belongs to them
	Seen int // rows handled; fewer than the limit if there are no more
}

// Due counts the rows that a cut selects.
type Due struct {
	Rows   int       // to be deleted
	Held   int       // that a hold keeps
	Oldest time.Time // when the period of the oldest of Rows began, or the end that it contains; zero if there is none
}

// Store deletes and counts.
type Store interface {
	// PurgeCut deletes at most limit rows, in transactions of bounded length. It leaves out rows that a hold keeps.
	PurgeCut(ctx context.Context, c Cut, now time.Time, limit int) (Batch, error)
	// CountCut counts at most most rows of each kind.
	CountCut(ctx context.Context, c Cut, most int) (Due, error)
	// CaseRegistries returns the ids of all registries that have cases, configured or not.
	CaseRegistries(ctx context.Context) ([]string, error)
}
