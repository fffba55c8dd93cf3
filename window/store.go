package window

import (
	"context"
	"time"

	"renzheng/identity"
	"renzheng/ledger"
	"renzheng/staff"
)

// Act is a change of a visit with its entry of the ledger. Both are one transaction.
type Act struct {
	VisitID string
	Member  staff.Member
	Entry   ledger.Draft
	Now     time.Time
}

// Identification is what a member saw of the original document.
type Identification struct {
	Act

	RegistryID string
	CaseID     string
	Reason     string
	Evidence   Evidence
	Salt       []byte // of the commitment in the entry
	Miss       Miss
	Anyway     bool // see [Seen.Anyway]
}

// Decision is what the second member decides on the evidence that they looked at.
type Decision struct {
	Approve bool
	Reason  string // code of why the document is returned, see [ReturnReasons]; "" for an approval
	Version string // of that evidence
}

// DecisionAct is the act by which the second member decides.
type DecisionAct struct {
	Act
	Decision

	Photos PhotoRules // by which an approval demands a photo
}

// VisitStore keeps visits. Its methods that change a visit are one conditional update with the whole guard: the office, the
// state, the time, and who may not act (R52).
type VisitStore interface {
	// OpenVisit inserts a visit. v.RegistryID and v.CaseID, if set, must name a case; the store fills in its row. One that
	// does not exist is counted against the limits and recorded as l.Miss. v.NumberID becomes the queue number of the visit if the member
	// has called it and the call goes on. ErrNotFound, *LimitError.
	OpenVisit(ctx context.Context, v Visit, l Lookup) (Visit, error)
	// Visit returns a visit of an office. ErrNotFound.
	Visit(ctx context.Context, office, id string) (Visit, error)
	// Visits returns the visits of an office that have not ended, oldest first.
	Visits(ctx context.Context, office string, now time.Time, limit int) ([]Visit, error)
	// MayIdentify returns nil if a visit waits for a document, and its member and office have a try left. It changes nothing and
	// spares the cost of pictures that would be rejected; IdentifyVisit decides. ErrNotFound, ErrState, *LimitError.
	MayIdentify(ctx context.Context, a Act, l Limits) error
	// IdentifyVisit finds the person by the keyed look-up of the document, binds the open visit to person and case, and seals
	// the evidence with its photos. A document that does not match is counted against the limits and recorded as i.Miss.
	// If the case asks nothing more of the person, the access is recorded and, unless i.Anyway, nothing else is stored: ErrNothingAsked.
	// ErrNotFound, ErrNoCase, ErrState, ErrOwnAffair, ErrNotSigner, ErrNameDiffers, *LimitError.
	IdentifyVisit(ctx context.Context, i Identification) (Visit, error)
	// PersonCases finds the person by the keyed look-up of the document, and returns their open cases at some registries that ask
	// something of them under this name, newest first. The access is recorded in the same transaction. Those that ask the member too are left
	// out. A document that leads to none is counted against the limits and recorded as q.Miss, unless everything is answered.
	// ErrNotFound, ErrState, ErrOwnAffair, ErrNotSigner, ErrNameDiffers, ErrNothingAsked, *LimitError.
	PersonCases(ctx context.Context, q CaseQuery) ([]PersonCase, error)
	// DecideVisit approves a visit, or returns it to the member who verified it; one whose person or case is under a legal hold ends
	// then, with what was seen. The update demands that the evidence is that
	// of the decision, and for an approval that it was shown to this member, and that each photo is there that the evidence names
	// or d.Photos demand. ErrNotFound, ErrState, ErrSamePerson, ErrOwnAffair, ErrChanged, ErrNotShown, ErrPhoto.
	DecideVisit(ctx context.Context, d DecisionAct) (Visit, error)
	// VisitAnswers returns the answers that were given in a visit of an office, oldest first.
	VisitAnswers(ctx context.Context, office, id string) ([]Answer, error)
	// EndVisit ends a visit, and the call of its queue number unless it was begun by mistake. ErrNotFound, ErrState.
	EndVisit(ctx context.Context, a Act, outcome string) (Visit, error)
	// VisitTodos returns what the case asks of the person of a verified visit. The access is recorded first, and the visit
	// remembers when it was shown. ErrNotFound, ErrState, ErrOwnAffair.
	VisitTodos(ctx context.Context, a Act) ([]VisitTodo, error)
	// VisitEvidence returns what was seen of the document, with its version. The access is recorded first. ErrNotFound, ErrState, ErrOwnAffair.
	VisitEvidence(ctx context.Context, a Act) (Evidence, error)
	// DisputedEvidence is VisitEvidence for a visit that was approved or has ended, for as long as the evidence is kept.
	DisputedEvidence(ctx context.Context, a Act) (Evidence, error)
	// VisitPhoto returns a photo of the document of a visit to a member to whom its evidence was shown, see [Service.Photo].
	// ErrNotFound, ErrState, ErrNotShown.
	VisitPhoto(ctx context.Context, a Act, side Side) ([]byte, error)
}

// Answer is an answer that was given in a visit, without anything personal.
type Answer struct {
	ConfirmationID string // which is that of its receipt
	EntryID        string // of the ledger
	Decision       string
	Manner         string
	AnsweredAt     time.Time
}

// VisitTodo is a todo of the person of a visit, as it is read out. Personal.
type VisitTodo struct {
	TodoID        string
	SignerID      string
	State         string
	Revision      int64
	ContentDigest string
	Enterprise    string
	Business      string
	Role          string
	Represented   string
	Lines         []Line
	ExpiresAt     time.Time
}

// Line is one line of the content.
type Line struct{ Label, Value string }

// Signer is a person whom a case asks, without anything personal.
type Signer struct {
	SignerID  string
	State     string
	ExpiresAt time.Time
}

// Trace is what was tried in one session, without anything personal.
type Trace struct {
	Channel  string
	Purpose  string
	State    string
	BeganAt  time.Time
	Attempts []Attempt

	AccountID string // whose tries these are, with SubjectID; not shown
	SubjectID string // "" before a person was entered
}

// Attempt is one try of a check.
type Attempt struct {
	Check     string
	Provider  string
	State     string
	Failure   string // code of the catalogue; "" if it passed or is open
	StartedAt time.Time
}

// Ticket is a request for technical support, without anything personal.
type Ticket struct {
	ID           string
	Channel      string
	DocumentType identity.DocumentType
	Failure      string
	Purpose      string
	CreatedAt    time.Time
}

// TraceStore finds what was tried. Before any of it is returned, the access is recorded in the same transaction: once for each
// person whose document was entered, or with an empty person if there is none. What leads to nothing is counted against the
// limits and recorded as l.Miss: *LimitError.
type TraceStore interface {
	// TracesOfSession returns what was tried in the sessions whose ids begin with a prefix. ErrNotFound, ErrOwnAffair.
	TracesOfSession(ctx context.Context, l Lookup, prefix string) ([]Trace, error)
	// TicketOf returns the live ticket of a code, with what its account tried. ErrNotFound, ErrOwnAffair.
	TicketOf(ctx context.Context, l Lookup, code string) (Ticket, []Trace, error)
	// TracesOfVisit returns what was tried by the person of a visit that goes on, or, while the document was not seen, in the
	// sessions of its slip. ErrNotFound, ErrState, ErrOwnAffair.
	TracesOfVisit(ctx context.Context, l Lookup) ([]Trace, error)
	// SignersOf returns whom a case asks. ErrNotFound.
	SignersOf(ctx context.Context, l Lookup, registryID, caseID string) ([]Signer, error)
}
