package todo

import (
	"context"
	"time"
)

// RecordStore reads answers.
type RecordStore interface {
	// Confirmations lists the viewer's own, newest first; Openings and Strokes are
	// not loaded. The cursor of p is the answer's time and id.
	Confirmations(ctx context.Context, v Viewer, p Page, now time.Time) ([]Confirmation, error)
	// Confirmation returns one of the viewer's own. ErrNotFound.
	Confirmation(ctx context.Context, v Viewer, id string, now time.Time) (Confirmation, error)
	// SessionConfirmations lists at most MaxPage answers that were given in the viewer's
	// session, newest first, while the session has a grant for the same person that is
	// live or has expired, but was not ended. It loads the same fields as Confirmations.
	SessionConfirmations(ctx context.Context, v Viewer) ([]Confirmation, error)
	// Evidence returns what a registry must file for an answer of its own signer.
	// In the same transaction it writes the audit entry (R27), and at the first fetch
	// it sets when the portrait is deleted (R33). With a zero fetchedAt it writes
	// neither. ErrNotFound.
	Evidence(ctx context.Context, q EvidenceQuery, fetchedAt time.Time) (Evidence, error)
}

// EvidenceQuery names an answer as its registry does.
type EvidenceQuery struct {
	RegistryID string
	CaseID     string
	SignerID   string
	Revision   int64 // of the todo that was answered; 0 for the signer's newest answer
}

// Evidence is all that proves one answer (R27, P-6).
type Evidence struct {
	Todo         Todo
	Confirmation Confirmation
	Portrait     []byte
	Handwriting  []byte // PNG, drawn from the strokes; nil if nothing was signed
}
