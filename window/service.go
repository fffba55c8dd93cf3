package window

import (
	"io"
	"time"

	"renzheng/ledger"
	"renzheng/random"
	"renzheng/staff"
)

// Deps are what the rules need.
type Deps struct {
	Visits VisitStore
	Traces TraceStore

	Escalations EscalationStore
	Centre      string // id of the office that is the provincial centre; "" = nobody is asked

	Cleaner Cleaner    // of photos of documents; nil = no photos
	Photos  PhotoRules // the zero value requires none

	Tries Tries // of persons; nil = they are not shown

	Limits Limits // of documents that do not match; the zero value is DefaultLimits

	Policy Policy
	Clock  func() time.Time
	Rand   io.Reader
}

// Service carries out the rules of the window. It is safe for concurrent use.
type Service struct{ Deps }

// New returns a service over its dependencies.
func New(d Deps) *Service {
	if d.Limits == (Limits{}) {
		d.Limits = DefaultLimits()
	}
	return &Service{d}
}

func (s *Service) now() time.Time { return s.Clock().UTC().Truncate(time.Millisecond) }

// chosenID returns the id that a form chose, or a new one.
func (s *Service) chosenID(chosen, prefix string) (string, error) {
	if chosen != "" {
		return chosen, nil
	}
	return random.ID(s.Rand, prefix)
}

// act begins an act of a member on a visit.
func (s *Service) act(m staff.Member, visitID string, kind ledger.Kind, reason string) (Act, error) {
	id, err := random.ID(s.Rand, "led_")
	now := s.now()
	return Act{VisitID: visitID, Member: m, Now: now, Entry: ledger.Draft{
		ID: id, At: now, Kind: kind, Office: m.Office, Member: m.ID, Reference: visitID, Reason: reason,
	}}, err
}

// serves returns ErrRole unless the member is a clerk of an office.
func serves(m staff.Member) error {
	if m.Office == "" || !m.Has(staff.Clerk) {
		return ErrRole
	}
	return nil
}

// atWindow returns ErrRole unless the member is a clerk or a supervisor of an office.
func atWindow(m staff.Member) error {
	if m.Office == "" || !m.HasAny(staff.Clerk, staff.Supervisor) {
		return ErrRole
	}
	return nil
}
