package todo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"renzheng/ledger"
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

// ReportOutcomes returns all outcomes.
func ReportOutcomes() []ReportOutcome { return []ReportOutcome{Impersonated, Mistaken, NotClarified} }

// ReportSettlement ends a report.
type ReportSettlement struct {
	ConfirmationID string
	Outcome        ReportOutcome
	By             string // id of the member of staff
	Own            []byte // look-up hash of the member's own document; empty if it is not known
	At             time.Time
	Entry          ledger.Draft // in the ledger, in the same transaction
}

// KindReportSettled is the kind of the entry of a settlement.
const KindReportSettled ledger.Kind = "report.settled"

// The errors of a settlement.
var (
	ErrReportOutcome = errors.New("no outcome of a report")
	ErrReportOwn     = errors.New("the report is of the member who settles it")
)

// ReportStore keeps reports. Answers make them.
type ReportStore interface {
	// Reports returns reports in a state, oldest first.
	Reports(ctx context.Context, state ReportState, limit int) ([]Report, error)
	// SettleReport ends an open report by one conditional update. ErrReportOwn if the
	// report is the member's own, otherwise ErrConflict if it is not open.
	SettleReport(ctx context.Context, s ReportSettlement) error
}

// SettleReport ends an open report. Errors: ErrReportOutcome, ErrReportOwn, ErrConflict.
func SettleReport(ctx context.Context, store ReportStore, s ReportSettlement) error {
	if !slices.Contains(ReportOutcomes(), s.Outcome) {
		return ErrReportOutcome
	}
	if err := store.SettleReport(ctx, s); err != nil {
		return fmt.Errorf("settling a report: %w", err)
	}
	return nil
}
