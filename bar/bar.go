package bar

import (
	"errors"
	"regexp"
	"time"

	"renzheng/identity"
	"renzheng/ledger"
	"renzheng/staff"
)

// State is the state of a bar.
type State string

// The states. A bar in force ends by itself at its end.
const (
	Proposed State = "proposed"
	InForce  State = "in_force"
	Rejected State = "rejected"
	Ended    State = "ended"
)

// Acts in the ledger.
const (
	KindPlaced ledger.Kind = "bar.placed"
	KindEnded  ledger.Kind = "bar.ended"
)

// Longest is how far away the end of a bar may be.
const Longest = 366 * 24 * time.Hour

// Term is what a barred person is told.
type Term struct {
	Reason Code
	Until  time.Time
}

// Bar is a decision to keep a person from being verified online. It does not say who the person is.
type Bar struct {
	Term

	ID         string // "bar_…"
	Reference  string // what it is based on: id of a report, an appeal or a file
	State      State
	ProposedBy string // id of the member
	ProposedAt time.Time
	DecidedBy  string // "" while it is proposed
	DecidedAt  time.Time
	EndedBy    string // "" unless a member has ended it
	EndedAt    time.Time
}

// decidedWithin is how long a proposal can be approved.
const decidedWithin = 14 * 24 * time.Hour

// IsDecidable reports whether a proposal can still be approved.
func (b Bar) IsDecidable(now time.Time) bool {
	return b.State == Proposed && b.Until.After(now) && now.Before(b.ProposedAt.Add(decidedWithin))
}

// Lapsed reports whether a bar in force has reached its end.
func (b Bar) Lapsed(now time.Time) bool { return b.State == InForce && !b.Until.After(now) }

// Proposal is what one reviewer proposes.
type Proposal struct {
	Term

	ID        string // "bar_…"; "" = one of the store
	Member    staff.Member
	Document  identity.Document
	Again     identity.Number // typed a second time
	Reference string
	Now       time.Time
}

// Errors of bars.
var (
	ErrReason    = errors.New("no such reason")
	ErrTerm      = errors.New("the end is not in the future, or too far away")
	ErrReference = errors.New("not a reference")
	ErrDiffers   = errors.New("the number was typed differently the second time")
	ErrOwn       = errors.New("the member's own affair")
	ErrFourEyes  = errors.New("another reviewer has to decide")
	ErrUnread    = errors.New("the reviewer has not been shown whom the proposal is about")
	ErrState     = errors.New("the bar is in a state that does not allow this")
	ErrNotFound  = errors.New("no such bar")
)

var referencePattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._:-]{2,63}$`)

// Check returns ErrDiffers, ErrReason, ErrTerm or ErrReference for a proposal that nobody may make.
func (p Proposal) Check() error {
	if p.Again != p.Document.Number {
		return ErrDiffers
	}
	if _, ok := Lookup(p.Reason); !ok {
		return ErrReason
	}
	if !p.Until.After(p.Now) || p.Until.After(p.Now.Add(Longest)) {
		return ErrTerm
	}
	if !referencePattern.MatchString(p.Reference) || p.isNumber(p.Reference) {
		return ErrReference
	}
	return nil
}

// isNumber reports whether a reference is the number of a document, which nobody may read in a list.
func (p Proposal) isNumber(reference string) bool {
	if n, err := identity.ParseNumber(p.Document.Type, reference); err == nil && n == p.Document.Number {
		return true
	}
	_, err := identity.ParseNumber(identity.ResidentID, reference)
	return err == nil
}
