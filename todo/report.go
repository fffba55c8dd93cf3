package todo

import (
	"context"
	"time"
)

// Report is a person's report that they know nothing of a case: an answer with the
// reason NotMine, which a reviewer looks into. It names nobody.
type Report struct {
	ConfirmationID string
	RegistryID     string
	CaseID         string
	SignerID       string
	State          ReportState
	Outcome        ReportOutcome // "" while it is open
	CreatedAt      time.Time
	SettledAt      time.Time // zero while it is open
}

// ReportState is how far a report is.
type ReportState string

// The states of a report.
const (
	ReportOpen    ReportState = "open"
	ReportSettled ReportState = "settled"
)

// ReportOutcome is what a reviewer found.
type ReportOutcome string

// The outcomes.
const (
	Impersonated ReportOutcome = "impersonated"  // somebody misused the person's name
	Mistaken     ReportOutcome = "mistaken"      // the case is the person's, or the registry mistyped a number
	NotClarified ReportOutcome = "not_clarified" // nothing shows the one or the other
)

// ReportStore keeps reports. Answers make them.
type ReportStore interface {
	// Reports returns reports in a state, oldest first.
	Reports(ctx context.Context, state ReportState, limit int) ([]Report, error)
	// SettleReport ends an open report; by is the id of a member of staff. ErrConflict
	// if it is not open.
	SettleReport(ctx context.Context, confirmationID string, o ReportOutcome, by string, now time.Time) error
}
