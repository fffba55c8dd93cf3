package todo

import (
	"time"

	"renzheng/identity"
	"renzheng/receipt"
)

// State of a todo.
type State string

// The states of a todo.
const (
	Open         State = "open"
	Confirmed    State = "confirmed"
	Declined     State = "refused"
	Expired      State = "expired"
	Superseded   State = "superseded"
	Withdrawn    State = "withdrawn"
	DoneAtWindow State = "done_at_window"
)

// Window is how long a person has to answer (R20), from our receipt of the revision.
const Window = 7 * 24 * time.Hour

// Todo is what one signer has to answer in one revision.
type Todo struct {
	ID            string // "tod_…"
	CaseRow       string // Case.ID
	RegistryID    string
	CaseID        string
	SignerID      string
	SubjectID     string
	Signer        identity.Document // as the registry named the person
	Revision      int64
	State         State
	Headline      Headline // what the list shows
	Content       Content  // loaded with the detail only
	ContentSalt   receipt.Salt
	ContentDigest string // receipt.Commit(ContentDomain, ContentSalt, Content)
	OpenedAt      time.Time
	ExpiresAt     time.Time
	AnsweredAt    time.Time
	ServedAt      time.Time // when this session was shown it; read by Todo and Ready only
	Progress      Progress  // loaded with the detail only
	SignerFrozen  bool      // the signer has frozen their number; read with a case only
	Stamp         Stamp
}

// Stamp is what the store knows of a row that it has read, so that it changes the row only while it is like that. Rules
// pass it on as it is. nil for what was not read.
type Stamp any

// Progress says how far a case is, without saying who answered what.
type Progress struct {
	Signers int // signers whom the case names, each role counted
	Waiting int // those of them who can still answer and have not
}

// Headline is the part of the content that a list row shows.
type Headline struct {
	EnterpriseName string       `json:"enterprise_name"`
	BusinessKind   BusinessKind `json:"business_kind"`
	BusinessLabel  string       `json:"business_label,omitempty"`
	Role           string       `json:"role"`
	Represented    string       `json:"represented,omitempty"` // name of the enterprise that the signer represents
}

// Domains of what is digested (R29).
const (
	ContentDomain     = receipt.DomainContent
	PushDomain        = "renzheng/push/1"
	SignerDomain      = receipt.DomainSigner
	CaseDomain        = receipt.DomainCase
	PortraitDomain    = receipt.DomainPortrait
	HandwritingDomain = receipt.DomainHandwriting
	ScanDomain        = receipt.DomainScan
)

// Viewer is a session with a live grant (R3).
type Viewer struct {
	SessionID string
	AccountID string
	GrantID   string
	SubjectID string
	Name      identity.Name // as verified, to be equal to the signer's (R8)
}

// Page asks for a part of the list, newest first.
type Page struct {
	Limit  int
	Before Cursor // zero = from the top
}

// Cursor is the keyset position of the last row of a page: of a todo that was
// opened at a time, or of a confirmation that was given at one.
type Cursor struct {
	At time.Time
	ID string // of the todo or confirmation
}

// Row is one line of the list. If NameDiffers, the registry has this person's document under another name, and nothing
// but the registry is filled in (R8).
type Row struct {
	ID           string
	RegistryID   string
	RegistryName string
	SignerName   identity.Name // as the registry named the person
	State        State
	Headline     Headline
	OpenedAt     time.Time
	ExpiresAt    time.Time
	AnsweredAt   time.Time
	NameDiffers  bool
}

// at returns the todo in its state at now.
func (t Todo) at(now time.Time) Todo {
	t.State = stateAt(t.State, t.ExpiresAt, now)
	return t
}

// stateAt returns the state of a todo at now. A todo whose window has passed is expired even if the worker has not
// recorded it yet.
func stateAt(stored State, expiresAt, now time.Time) State {
	if stored == Open && !now.Before(expiresAt) {
		return Expired
	}
	return stored
}
