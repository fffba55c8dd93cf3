package todo

import (
	"context"
	"time"
)

// CaseQuery selects a part of a registry's own cases.
type CaseQuery struct {
	RegistryID   string
	State        CaseState // "" for all
	Since, Until time.Time // of the receipt of the current revision; Until is exclusive, zero is unbounded
	Prefix       string    // of the case id
	After        Cursor    // zero = from the start; with a Prefix its time is not used
	Limit        int
}

// CaseSummary is one line of the list of cases. It contains nothing personal.
type CaseSummary struct {
	CaseID     string
	Revision   int64
	State      CaseState
	ReceivedAt time.Time // of the current revision
	Signers    SignerCounts
}

// SignerCounts counts the signers of a case by what became of their newest todo.
type SignerCounts struct {
	Open     int
	Answered int // confirmed, refused or done at the window
	Closed   int // expired or withdrawn
}

// Add counts signers whose newest todo has this state.
func (c *SignerCounts) Add(state State, signers int) {
	switch state {
	case Open:
		c.Open += signers
	case Confirmed, Declined, DoneAtWindow:
		c.Answered += signers
	case Expired, Superseded, Withdrawn:
		c.Closed += signers
	}
}

// CaseLister lists cases for registries.
type CaseLister interface {
	// ListCases returns the registry's cases that match a query, with the counts of
	// their signers at a time: in the order of their case ids if the query has a
	// prefix, otherwise in that of the receipt of their current revision.
	ListCases(ctx context.Context, q CaseQuery, now time.Time) ([]CaseSummary, error)
}
