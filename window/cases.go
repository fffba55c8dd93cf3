package window

import (
	"context"
	"fmt"
	"time"

	"renzheng/identity"
	"renzheng/staff"
)

// PersonCase is an open case that asks something of a person. It names nobody.
type PersonCase struct {
	RegistryID string
	CaseID     string
	AskedAt    time.Time
	ExpiresAt  time.Time // of what is asked first
	Asked      int       // how many todos the person can answer
}

// CaseQuery asks for the cases of the person of an original document.
type CaseQuery struct {
	Lookup

	Registries []string // ids
	Document   identity.Document
}

// CasesOf returns the open cases at some registries that ask something of the person whose document the member typed, newest first. The
// person sees that they were shown. Nothing of what was typed is stored.
//
// Errors: those of this package. A document that does not match is recorded and counted.
func (s *Service) CasesOf(ctx context.Context, m staff.Member, visitID string, seen Seen, registries []string) ([]PersonCase, error) {
	if err := serves(m); err != nil {
		return nil, err
	}
	now := s.now()
	if err := s.check(seen, now); err != nil {
		return nil, err
	}
	miss, err := s.miss(m, visitID)
	if err != nil {
		return nil, err
	}
	found, err := s.Visits.PersonCases(ctx, CaseQuery{
		Lookup: Lookup{Act{VisitID: visitID, Member: m, Now: now}, miss}, Registries: registries, Document: seen.Document,
	})
	if err != nil {
		return nil, fmt.Errorf("finding the cases of a person: %w", err)
	}
	return found, nil
}
