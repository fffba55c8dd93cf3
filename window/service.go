package window

import (
	"encoding/hex"
	"fmt"
	"io"
	"time"

	"renzheng/ledger"
	"renzheng/staff"
)

// Deps are what the rules need.
type Deps struct {
	Visits VisitStore
	Traces TraceStore

	Escalations EscalationStore
	Centre      string // id of the office that is the provincial centre; "" = nobody is asked

	Policy Policy
	Clock  func() time.Time
	Rand   io.Reader
}

// Service carries out the rules of the window. It is safe for concurrent use.
type Service struct{ Deps }

// New returns a service over its dependencies.
func New(d Deps) *Service { return &Service{d} }

func (s *Service) now() time.Time { return s.Clock().UTC().Truncate(time.Millisecond) }

const idBytes = 16

func (s *Service) newID(prefix string) (string, error) {
	raw, err := s.random(idBytes)
	return prefix + hex.EncodeToString(raw), err
}

func (s *Service) random(n int) ([]byte, error) {
	raw := make([]byte, n)
	if _, err := io.ReadFull(s.Rand, raw); err != nil {
		return nil, fmt.Errorf("reading randomness: %w", err)
	}
	return raw, nil
}

// act begins an act of a member on a visit.
func (s *Service) act(m staff.Member, visitID string, kind ledger.Kind, reason string) (Act, error) {
	id, err := s.newID("led_")
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
