package store

import (
	"context"
	"errors"

	"github.com/jmoiron/sqlx"

	"renzheng/identity"
	"renzheng/staff"
	"renzheng/window"
)

// isOwn reports whether a member is the person, or a signer of the case (R52). It is false if the provider does not claim the
// member's document.
func isOwn(ctx context.Context, q querier, m staff.Member, subjectID, caseRow string) (bool, error) {
	var own bool
	hash := ownHash(m)
	err := q.GetContext(ctx, &own, `SELECT EXISTS (SELECT 1 FROM subject_keys o WHERE o.hash = ? AND o.subject_id = ?)
		OR EXISTS (SELECT 1 FROM subject_keys o JOIN todos t ON t.subject_id = o.subject_id WHERE o.hash = ? AND t.case_row = ?)`,
		hash, subjectID, hash, caseRow)
	return own, err
}

// overtakenVisit returns why a change of a visit matched no row: ErrOwnAffair or ErrState. Other errors are returned as they are.
func overtakenVisit(ctx context.Context, q querier, err error, m staff.Member, v visitState) error {
	if !errors.Is(err, errNotOne) {
		return err
	}
	own, failed := isOwn(ctx, q, m, v.SubjectID, v.CaseRow)
	switch {
	case failed != nil:
		return failed
	case own:
		return window.ErrOwnAffair
	}
	return window.ErrState
}

// IdentifyVisit implements [window.VisitStore].
func (s *Store) IdentifyVisit(ctx context.Context, i window.Identification) (window.Visit, error) {
	var next visitState
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		old, err := s.readVisit(ctx, tx, i.Member.Office, i.VisitID)
		switch {
		case err != nil:
			return err
		case old.State != string(window.Open):
			return window.ErrState
		}
		person, err := s.findPerson(ctx, tx, i)
		if err != nil {
			return err
		}
		next = old
		next.State, next.RegistryID, next.CaseID, next.Reason = string(window.Waiting), i.RegistryID, i.CaseID, i.Reason
		if next.CaseRow, err = findCase(ctx, tx, i.RegistryID, i.CaseID); err != nil {
			return err
		}
		next.SubjectID, next.Minor, next.Unable = person.ID, flag(i.Evidence.Guardian != nil), flag(i.Evidence.Witness != "")
		next.VerifiedBy, next.Verifier, next.VerifiedAt = i.Member.ID, ownHash(i.Member), ms(i.Now)
		if err = s.isAsked(ctx, tx, next, i.Evidence.Document.Name); err != nil {
			return err
		}
		if err = s.sealEvidence(ctx, tx, person, i); err != nil {
			return err
		}
		next, err = s.changeVisit(ctx, tx, visitChange{old: old, next: next, act: i.Act})
		return overtakenVisit(ctx, tx, err, i.Member, next)
	})
	return next.visit(), visited("identifying a person", err)
}

// findPerson finds the subject by the keyed look-up of what was typed.
func (s *Store) findPerson(ctx context.Context, tx *sqlx.Tx, i window.Identification) (subject, error) {
	w := &wantedSubject{document: i.Evidence.Document, hashes: s.subjectHashes(i.Evidence.Document)}
	err := s.findSubjects(ctx, tx, []*wantedSubject{w})
	switch {
	case err != nil:
		return subject{}, err
	case len(w.found) == 0, w.erasedAt > 0:
		return subject{}, window.ErrNotSigner
	}
	return w.subject, seeSubjects(ctx, tx, []*wantedSubject{w}, i.Now)
}

// isAsked returns nil if the case asks the person of the visit under this name.
func (s *Store) isAsked(ctx context.Context, tx *sqlx.Tx, v visitState, name identity.Name) error {
	todos, err := s.visitTodos(ctx, tx, v, todoHead)
	if err != nil {
		return err
	}
	if len(todos) == 0 {
		return window.ErrNotSigner
	}
	for _, t := range todos {
		if t.Signer.Name.Equal(name) {
			return nil
		}
	}
	return window.ErrNameDiffers
}

// sealedEvidence is what is sealed: the evidence and the salt of its commitment in the ledger.
type sealedEvidence struct {
	Salt     []byte `json:"salt"`
	Evidence []byte `json:"evidence"`
}

func (s *Store) sealEvidence(ctx context.Context, tx *sqlx.Tx, person subject, i window.Identification) error {
	plain, err := i.Evidence.Plain()
	if err != nil {
		return err
	}
	cipher, err := sealJSON(person.Key, visitAAD(i.VisitID), sealedEvidence{i.Salt, plain})
	if err == nil {
		_, err = tx.ExecContext(ctx, "UPDATE visits SET evidence_cipher = ? WHERE id = ?", cipher, i.VisitID)
	}
	return err
}
