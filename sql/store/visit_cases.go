package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"renzheng/rights"
	"renzheng/staff"
	"renzheng/window"
)

// maxPersonCases bounds how many cases of a person are read.
const maxPersonCases = 50

// PersonCases implements [window.VisitStore]. The try is taken before anything is looked up, and given back if the document matches.
func (s *Store) PersonCases(ctx context.Context, q window.CaseQuery) ([]window.PersonCase, error) {
	var found []window.PersonCase
	var missed error
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		found, missed = nil, nil
		if _, err := s.openVisit(ctx, tx, q.Act); err != nil {
			return err
		}
		taken, err := reserveMiss(ctx, tx, q.Member, q.Miss.Limits, q.Now)
		if err != nil {
			return err
		}
		var personID string
		personID, found, err = s.personCases(ctx, tx, q)
		if outcome, ok := window.MissOutcome(err); ok {
			missed = err
			return s.recordMiss(ctx, tx, q.Lookup, typedMiss{outcome, []string{string(q.Document.Type), q.Document.Number.Reveal()}})
		}
		if errors.Is(err, window.ErrNothingAsked) {
			missed, err = err, nil
		}
		if err == nil {
			err = s.recordCases(ctx, tx, q.Act, personID)
		}
		if err == nil {
			err = change(ctx, tx, taken, releasedIfNothingDone, giveBack)
		}
		return err
	})
	if err == nil {
		err = missed
	}
	if err != nil {
		found = nil
	}
	return found, visited("finding the cases of a person", err)
}

// personCases compares the document with the open cases of its person. It writes nothing. Its errors are those of a miss, and
// window.ErrNothingAsked.
func (s *Store) personCases(ctx context.Context, tx *sqlx.Tx, q window.CaseQuery) (string, []window.PersonCase, error) {
	w, err := s.findPerson(ctx, tx, q.Document)
	if err != nil {
		return "", nil, err
	}
	own, err := isOwn(ctx, tx, q.Member, w.ID, "")
	if err == nil && own {
		err = window.ErrOwnAffair
	}
	if err != nil {
		return "", nil, err
	}
	rows, err := askingCases(ctx, tx, w.ID, q.Registries)
	if err != nil {
		return "", nil, err
	}
	var found []window.PersonCase
	var without error // why cases are left out
	for _, row := range rows {
		one, err := s.personCase(ctx, tx, q, w.ID, row)
		switch {
		case err == nil:
			found = append(found, one)
		case whyNoCase(err) == nil:
			return "", nil, err
		}
		without = errors.Join(without, err)
	}
	if len(found) > 0 {
		return w.ID, found, nil
	}
	return w.ID, nil, whyNoCase(errors.Join(without, window.ErrNotSigner))
}

// whyNoCase returns the first of the reasons for which a document leads to no case, or nil for another error. ErrNothingAsked comes first:
// then number and name matched a case, which is not a miss.
func whyNoCase(err error) error {
	for _, known := range []error{window.ErrNothingAsked, window.ErrNameDiffers, window.ErrOwnAffair, window.ErrNotSigner} {
		if errors.Is(err, known) {
			return known
		}
	}
	return nil
}

// askingCases returns the open cases at some registries that have a todo of a person, newest first.
func askingCases(ctx context.Context, tx *sqlx.Tx, personID string, registries []string) ([]caseRow, error) {
	if len(registries) == 0 {
		return nil, nil
	}
	query, args, err := in(`SELECT c.id, c.registry_id, c.case_id, c.received_at FROM cases c WHERE c.state = 'open' AND c.registry_id IN (?) AND EXISTS (
		SELECT 1 FROM todos t WHERE t.case_row = c.id AND t.subject_id = ?) ORDER BY c.received_at DESC, c.id LIMIT ?`, registries, personID, maxPersonCases)
	if err != nil {
		return nil, err
	}
	var rows []caseRow
	if err = tx.SelectContext(ctx, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("listing the cases of a person: %w", err)
	}
	return rows, nil
}

// personCase returns what a case asks of a person under the name of the document. Errors: window.ErrOwnAffair, window.ErrNotSigner if a revision
// no longer asks them, window.ErrNameDiffers, window.ErrNothingAsked.
func (s *Store) personCase(ctx context.Context, tx *sqlx.Tx, q window.CaseQuery, personID string, row caseRow) (window.PersonCase, error) {
	one := window.PersonCase{RegistryID: row.RegistryID, CaseID: row.CaseID}
	own, err := isOwn(ctx, tx, q.Member, personID, row.ID)
	if err == nil && own {
		err = window.ErrOwnAffair
	}
	if err != nil {
		return one, err
	}
	todos, err := s.visitTodos(ctx, tx, visitState{CaseRow: row.ID, SubjectID: personID}, todoHead)
	if err == nil {
		err = askedIn(todos, q.Document.Name)
	}
	if err != nil {
		return one, err
	}
	for _, t := range todos {
		if !isAnswerable(t) || !t.Signer.Name.Equal(q.Document.Name) {
			continue
		}
		if one.Asked++; one.Asked == 1 || t.ExpiresAt.Before(one.ExpiresAt) {
			one.AskedAt, one.ExpiresAt = t.OpenedAt, t.ExpiresAt
		}
	}
	return one, nil
}

// recordCases records that a member is shown which cases ask a person, or that none does.
func (s *Store) recordCases(ctx context.Context, tx *sqlx.Tx, a window.Act, personID string) error {
	err := s.recordAccess(ctx, tx, rights.StaffAccess{
		SubjectID: personID, Member: a.Member, Role: staff.Clerk, Purpose: staff.ForService, Shown: rights.ShownCases, Reference: a.VisitID, At: a.Now,
	})
	switch {
	case errors.Is(err, rights.ErrOwn):
		return window.ErrOwnAffair
	case errors.Is(err, rights.ErrNotFound):
		return window.ErrNotSigner
	}
	return err
}
