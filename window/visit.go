package window

import (
	"time"

	"renzheng/identity"
	"renzheng/ledger"
)

// State of a visit.
type State string

// The states.
const (
	Open     State = "open"
	Waiting  State = "awaiting_approval"
	Verified State = "verified"
	Ended    State = "ended"
)

// FoundBy is how the visit began: by what the person brought.
type FoundBy string

// The ways.
const (
	BySlip     FoundBy = "slip"     // slip code of a failure page
	ByTicket   FoundBy = "ticket"   // code of a request for technical support
	ByCase     FoundBy = "case"     // number of the case
	ByDocument FoundBy = "document" // the original document alone
)

// Life is how long a visit lasts. A person who comes back later begins another one.
const Life = 4 * time.Hour

// Visit is one service of one person at a window.
//
// Secrecy: ids, codes and times. What is personal is in Evidence, which is read for a purpose only.
type Visit struct {
	ID         string // "vis_…"
	Office     string
	State      State
	FoundBy    FoundBy
	FoundID    string // beginning of the session's id, or id of the ticket; "" otherwise
	RegistryID string // of the case at hand, with the next two; "" while it is not known
	CaseID     string
	CaseRow    string
	SubjectID  string // "" until the document was seen
	Reason     string // code of why the person comes to the window
	Minor      bool   // a guardian is present
	Unable     bool   // the person cannot write
	OpenedBy   string // member, as the following ones
	OpenedAt   time.Time
	VerifiedBy string
	VerifiedAt time.Time
	ApprovedBy string
	ApprovedAt time.Time
	ShownAt    time.Time // when the content of the case was shown to the member, to be read to the person
	ExpiresAt  time.Time
	EndedAt    time.Time
	Outcome    string // code, when ended
	NumberID   string // queue number whose person it serves, when it is opened; not loaded
	Stamp      Stamp
}

// Stamp is what the store knows of a row that it has read. Rules pass it on as it is.
type Stamp any

// At returns the visit in its state at now: one whose time is over has ended, though nobody ended it.
func (v Visit) At(now time.Time) Visit {
	if v.State != Ended && !now.Before(v.ExpiresAt) {
		v.State, v.EndedAt, v.Outcome = Ended, v.ExpiresAt, OutcomeTimeout
	}
	return v
}

// Outcomes of an ended visit.
const (
	OutcomeDone    = "done"     // what was to be answered was answered
	OutcomeLeft    = "left"     // the person left, or something is missing
	OutcomeWrong   = "wrong"    // it was opened by mistake
	OutcomeTimeout = "time_out" // its time was over

	OutcomeReturned = "returned" // the document was returned, and a legal hold keeps what was seen of it
)

// Outcomes returns what a member can end a visit with.
func Outcomes() []string { return []string{OutcomeDone, OutcomeLeft, OutcomeWrong} }

// ReturnReasons returns the codes of why a supervisor returns a document.
func ReturnReasons() []string {
	return []string{"number_differs", "name_differs", "not_the_person", "photo_unclear", "guardian_or_witness", "wrong_case", "document_invalid", "other"}
}

// Kinds of entries of the ledger.
const (
	KindOpened   ledger.Kind = "visit.opened"
	KindVerified ledger.Kind = "visit.verified"
	KindApproved ledger.Kind = "visit.approved"
	KindReturned ledger.Kind = "visit.returned"
	KindEnded    ledger.Kind = "visit.ended"
	KindAnswered ledger.Kind = "visit.answered" // a todo is done_at_window
	KindDeclined ledger.Kind = "visit.declined" // the person declined a todo
	// KindStrokesReused is the entry of an answer that was not taken, because its handwriting was used before.
	KindStrokesReused ledger.Kind = "visit.strokes_reused"

	KindEscalated ledger.Kind = "escalation.sent"
	KindSettled   ledger.Kind = "escalation.settled"
)

// Evidence is what was seen of the original document. It is sealed under the person's key.
type Evidence struct {
	Document identity.Document
	Guardian *Guardian // of a minor
	Witness  string    // who was present for a person who cannot write: personal
	Photos   []Photo   // of the document; Content is empty where the evidence was read
	Version  string    // differs each time that the document was seen; of the store, not sealed
}

// Guardian is who acts for a minor.
type Guardian struct {
	Document identity.Document
	Relation string // code
}

// Relations returns the codes of how a guardian is related to a minor.
func Relations() []string { return []string{"parent", "grandparent", "sibling", "appointed"} }
