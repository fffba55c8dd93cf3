package rights

import (
	"context"
	"errors"
	"fmt"
	"time"

	"renzheng/identity"
	"renzheng/staff"
)

// Shown is what of a person a member was shown.
type Shown string

// What members may be shown.
const (
	ShownDocument   Shown = "document"   // type and number
	ShownCorrection Shown = "correction" // the words of a request for correction
	ShownCase       Shown = "case"       // a case with its todos
	ShownCases      Shown = "cases"      // which cases ask the person, by their numbers
	ShownAppeal     Shown = "appeal"     // an appeal with its materials
	ShownContact    Shown = "contact"    // note and answer of an escalation, which may contain phone numbers
	ShownSteps      Shown = "steps"      // checks with their times, providers and failures; no personal data
)

// StaffAccess is one reveal of personal data to a member. It is stored before the decryption, in the same transaction, and
// the person sees office, role, purpose and time of it (R51).
type StaffAccess struct {
	ID        string // "sta_…", of the store
	SubjectID string
	Member    staff.Member // of a stored access, only the id and the office
	Role      staff.Role   // under which it happened
	Purpose   staff.Purpose
	Shown     Shown
	Reference string // our id of what it was needed for; "" = none
	At        time.Time
}

// Errors of reveals.
var (
	// ErrPurpose reports that no role of the member may name the purpose.
	ErrPurpose = errors.New("no role of the member allows this purpose")
	// ErrOwn reports that members asked for their own data at work, or are about to decide their own affair (R52).
	ErrOwn = errors.New("the member's own data")
)

// NewStaffAccess returns an access that a store can record. The subject and what is shown are for the store to fill in
// where they are not known yet. ErrPurpose.
func NewStaffAccess(m staff.Member, p staff.Purpose, reference string, now time.Time) (StaffAccess, error) {
	role, ok := m.RoleFor(p)
	if !ok {
		return StaffAccess{}, ErrPurpose
	}
	return StaffAccess{Member: m, Role: role, Purpose: p, Reference: reference, At: now}, nil
}

// RevealStore shows personal data to members. Each method stores the access first, in the transaction of the read.
type RevealStore interface {
	// RevealCorrection returns a request for correction with the words of the person. Errors: ErrNotFound, ErrOwn.
	RevealCorrection(ctx context.Context, a StaffAccess) (Correction, error)
	// RevealDocument returns the document of the person to whom the reference belongs: a request for correction or a legal hold.
	// Errors: ErrNotFound, ErrOwn.
	RevealDocument(ctx context.Context, a StaffAccess) (identity.Document, error)
	// StaffAccesses returns the newest accesses behind a position, of all members.
	StaffAccesses(ctx context.Context, after AccessPosition, limit int) ([]StaffAccess, error)
}

// AccessPage is how many reveals one list has.
const AccessPage = 100

// AccessPosition is a place in the list of reveals, newest first: that of the row with this time and id. Several rows may have
// one time.
type AccessPosition struct {
	At time.Time
	ID string // "" = before all rows of that time
}

// StaffAccesses returns the newest reveals behind a position, up to AccessPage; the zero position is the beginning.
func (s *Service) StaffAccesses(ctx context.Context, after AccessPosition) ([]StaffAccess, error) {
	if after.At.IsZero() {
		after = AccessPosition{At: s.now().Add(time.Millisecond)}
	}
	found, err := s.deps.Reveals.StaffAccesses(ctx, after, AccessPage)
	if err != nil {
		return nil, fmt.Errorf("listing reveals: %w", err)
	}
	return found, nil
}

// RevealCorrection returns a request for correction with the words of the person. Errors: ErrPurpose, ErrNotFound, ErrOwn.
func (s *Service) RevealCorrection(ctx context.Context, m staff.Member, p staff.Purpose, id string) (Correction, error) {
	a, err := NewStaffAccess(m, p, id, s.now())
	if err != nil {
		return Correction{}, err
	}
	c, err := s.deps.Reveals.RevealCorrection(ctx, a)
	if err != nil {
		return Correction{}, fmt.Errorf("revealing a request for correction: %w", err)
	}
	return c, nil
}

// RevealDocument returns the document of the person to whom a request for correction or a legal hold belongs. Errors: ErrPurpose, ErrNotFound, ErrOwn.
func (s *Service) RevealDocument(ctx context.Context, m staff.Member, p staff.Purpose, reference string) (identity.Document, error) {
	a, err := NewStaffAccess(m, p, reference, s.now())
	if err != nil {
		return identity.Document{}, err
	}
	d, err := s.deps.Reveals.RevealDocument(ctx, a)
	if err != nil {
		return identity.Document{}, fmt.Errorf("revealing a document: %w", err)
	}
	return d, nil
}
