package store

import (
	"context"
	"slices"

	"renzheng/staff"
	"renzheng/window"
)

// isGuardian reports whether a member is the guardian whose document was seen. It is false if the provider does not claim the member's
// document.
func (s *Store) isGuardian(ctx context.Context, q querier, m staff.Member, e window.Evidence) (bool, error) {
	if e.Guardian == nil {
		return false, nil
	}
	own, err := ownHashesOf(ctx, q, m)
	return err == nil && slices.ContainsFunc(s.subjectHashes(e.Guardian.Document), own.has), err
}

// evidenceFor opens what was seen of the document of a visit for an act of a member. A guardian acts for the person, so that the visit is
// their own affair (R52). The statements of visits cannot demand this, because the guardian's document is sealed. It does not change while
// the visit is in the state that was read. Errors: window.ErrOwnAffair, window.ErrNotFound if the person was erased.
func (s *Store) evidenceFor(ctx context.Context, q querier, m staff.Member, v visitState) (window.Evidence, error) {
	e, err := s.openEvidence(ctx, q, v)
	if err != nil {
		return e, err
	}
	own, err := s.isGuardian(ctx, q, m, e)
	if err == nil && own {
		err = window.ErrOwnAffair
	}
	if err != nil {
		return window.Evidence{}, err
	}
	return e, nil
}

// notGuardian returns window.ErrOwnAffair if a member is the guardian of the person of a visit.
func (s *Store) notGuardian(ctx context.Context, q querier, m staff.Member, v visitState) error {
	if v.Minor == 0 {
		return nil
	}
	_, err := s.evidenceFor(ctx, q, m, v)
	return err
}
