package rights

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"renzheng/identity"
	"renzheng/staff"
)

// Correction is a person's request to have something corrected, with the answer of the operator.
type Correction struct {
	ID        string // "cor_…"
	Field     CorrectionField
	Text      identity.Secret // the person's words; personal
	State     CorrectionState
	Outcome   CorrectionOutcome // "" while it is open
	Ground    identity.Secret   // why, in the operator's words; personal
	CreatedAt time.Time
	ReadAt    time.Time // by the operator, the last time; zero before
	SettledAt time.Time // zero while it is open
}

// CorrectionField is what is to be corrected.
type CorrectionField string

// CorrectionFields returns what can be corrected.
func CorrectionFields() []CorrectionField {
	return []CorrectionField{"name", "document", "verification", "todo", "answer", "other"}
}

// CorrectionState is how far a request is.
type CorrectionState string

// States of a request for correction.
const (
	CorrectionOpen    CorrectionState = "open"
	CorrectionSettled CorrectionState = "settled"
)

// CorrectionOutcome is how a request was settled.
type CorrectionOutcome string

// The outcomes.
const (
	Corrected CorrectionOutcome = "corrected"
	Declined  CorrectionOutcome = "declined"  // what is stored is right, or must not be changed
	PassedOn  CorrectionOutcome = "passed_on" // to the registration authority whose record it is
)

// CorrectionOutcomes returns all outcomes.
func CorrectionOutcomes() []CorrectionOutcome {
	return []CorrectionOutcome{Corrected, Declined, PassedOn}
}

// Settlement answers a request for correction.
type Settlement struct {
	ID      string // of the request
	Outcome CorrectionOutcome
	Ground  identity.Secret // for the person to read
	By      string          // who decided it, for the record
	Member  staff.Member    // likewise, who must not be the person; zero for a command of the operator
	At      time.Time
}

// CorrectionStore keeps requests for correction.
type CorrectionStore interface {
	// RequestCorrection stores a request under the live grant of the viewer and returns it with its id. ErrNoAccess, *LaterError.
	RequestCorrection(ctx context.Context, v Viewer, c Correction, limit int, window time.Duration) (Correction, error)
	// Corrections returns the viewer's requests, newest first.
	Corrections(ctx context.Context, v Viewer, now time.Time, limit int) ([]Correction, error)
}

// Bounds of requests for correction.
const (
	MaxCorrectionText  = 500 // characters
	maxCorrectionLines = 10
	correctionLimit    = 5
	correctionWindow   = 24 * time.Hour
	maxCorrections     = 200 // in one answer
)

// ErrField reports that something else than a CorrectionField is to be corrected.
var ErrField = errors.New("nothing of this name can be corrected")

// RequestCorrection stores a request of the viewer.
//
// Errors: ErrField, ErrNoAccess, *LaterError, and those of [identity.PlainLines].
func (s *Service) RequestCorrection(ctx context.Context, v Viewer, field CorrectionField, text identity.Secret) (Correction, error) {
	if !slices.Contains(CorrectionFields(), field) {
		return Correction{}, ErrField
	}
	if err := identity.PlainLines(text.Reveal(), MaxCorrectionText, maxCorrectionLines); err != nil {
		return Correction{}, err
	}
	made, err := s.deps.Corrections.RequestCorrection(ctx, v,
		Correction{Field: field, Text: text, State: CorrectionOpen, CreatedAt: s.now()}, correctionLimit, correctionWindow)
	if err != nil {
		return Correction{}, fmt.Errorf("requesting a correction: %w", err)
	}
	return made, nil
}

// Corrections returns the viewer's requests, newest first.
func (s *Service) Corrections(ctx context.Context, v Viewer) ([]Correction, error) {
	found, err := s.deps.Corrections.Corrections(ctx, v, s.now(), maxCorrections)
	if err != nil {
		return nil, fmt.Errorf("listing requests for correction: %w", err)
	}
	return found, nil
}
