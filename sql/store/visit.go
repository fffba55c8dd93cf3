package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/staff"
	"renzheng/window"
)

var _ window.VisitStore = (*Store)(nil)

const insertVisit = `INSERT INTO visits (id, office, state, found_by, found_id, registry_id, case_id, case_row, subject_id, reason, minor, unable,
	opened_by, opened_at, verified_by, verifier_hash, verified_at, approved_by, approved_at, shown_at, expires_at, ended_at, outcome, evidence_cipher, tag)`

// OpenVisit implements [window.VisitStore].
func (s *Store) OpenVisit(ctx context.Context, v window.Visit, l window.Lookup) (window.Visit, error) {
	var row visitState
	open := func(tx *sqlx.Tx) error {
		row = visitState{
			ID: v.ID, Office: v.Office, State: string(v.State), FoundBy: string(v.FoundBy), FoundID: v.FoundID, RegistryID: v.RegistryID,
			CaseID: v.CaseID, OpenedBy: v.OpenedBy, OpenedAt: ms(v.OpenedAt), Verifier: []byte{}, ExpiresAt: ms(v.ExpiresAt),
		}
		if v.CaseID != "" {
			var err error
			if row.CaseRow, err = findCase(ctx, tx, v.RegistryID, v.CaseID); err != nil {
				return err
			}
		}
		row.Tag = s.tag(row)
		if err := repeated(insertRows(ctx, tx, insertVisit, [][]any{row.values()})); err != nil {
			return fmt.Errorf("inserting a visit: %w", err)
		}
		if err := serveNumber(ctx, tx, l.Member, v.NumberID, v.ID); err != nil {
			return err
		}
		_, err := s.appendLedger(ctx, tx, l.Entry)
		return err
	}
	var err error
	if v.CaseID == "" {
		err = s.tx(ctx, open)
	} else {
		l.VisitID = "" // of a case that is not found none begins
		err = s.lookUp(ctx, l, typedMiss{"no_such_case", []string{"case", v.RegistryID, v.CaseID}}, open)
	}
	return row.visit(), visited("opening a visit", err)
}

func (r visitState) values() []any {
	return []any{
		r.ID, r.Office, r.State, r.FoundBy, r.FoundID, r.RegistryID, r.CaseID, r.CaseRow, r.SubjectID, r.Reason, r.Minor, r.Unable,
		r.OpenedBy, r.OpenedAt, r.VerifiedBy, r.Verifier, r.VerifiedAt, r.ApprovedBy, r.ApprovedAt, r.ShownAt, r.ExpiresAt, r.EndedAt, r.Outcome,
		[]byte{},
		r.Tag,
	}
}

// findCase returns the row of a case that still asks somebody.
func findCase(ctx context.Context, q querier, registryID, caseID string) (string, error) {
	var id string
	err := q.GetContext(ctx, &id, "SELECT id FROM cases WHERE registry_id = ? AND case_id = ? AND state = 'open'", registryID, caseID)
	if noRow(err) {
		return "", window.ErrNoCase
	}
	return id, err
}

// visited returns errors of the rules as they are, and wraps any other with the act.
func visited(act string, err error) error {
	if err == nil {
		return nil
	}
	if limited, ok := errors.AsType[*window.LimitError](err); ok {
		return limited
	}
	for _, known := range []error{
		window.ErrNoCase, window.ErrNotFound, window.ErrNothingAsked, window.ErrState, window.ErrSamePerson, window.ErrOwnAffair, window.ErrChanged, window.ErrNotShown, window.ErrPhoto,
		window.ErrNotSigner, window.ErrNameDiffers, staff.ErrRepeated,
	} {
		if errors.Is(err, known) {
			return known
		}
	}
	return fmt.Errorf("%s: %w", act, err)
}

// readVisit reads the row of an office's visit and verifies its tag.
func (s *Store) readVisit(ctx context.Context, q querier, office, id string) (visitState, error) {
	var row visitState
	err := q.GetContext(ctx, &row, "SELECT "+visitColumns+" FROM visits v WHERE v.id = ? AND v.office = ?", id, office)
	if noRow(err) {
		return row, window.ErrNotFound
	}
	if err == nil {
		err = s.verify(ctx, q, row)
	}
	return row, err
}

// Visit implements [window.VisitStore].
func (s *Store) Visit(ctx context.Context, office, id string) (window.Visit, error) {
	row, err := s.readVisit(ctx, s.read, office, id)
	return row.visit(), visited("reading a visit", err)
}

// Visits implements [window.VisitStore].
func (s *Store) Visits(ctx context.Context, office string, now time.Time, limit int) ([]window.Visit, error) {
	var rows []visitState
	err := s.read.SelectContext(ctx, &rows, "SELECT "+visitColumns+` FROM visits v WHERE v.office = ? AND v.ended_at = 0 AND v.expires_at > ?
		ORDER BY v.expires_at, v.id LIMIT ?`, office, ms(now), limit)
	for i := 0; err == nil && i < len(rows); i++ {
		err = s.verify(ctx, s.read, rows[i])
	}
	if err != nil {
		return nil, fmt.Errorf("listing visits: %w", err)
	}
	found := make([]window.Visit, len(rows))
	for i, row := range rows {
		found[i] = row.visit()
	}
	return found, nil
}

// secondMember is whether an act needs a member other than the one who verified the visit.
type secondMember int

const (
	anyMember secondMember = iota
	anotherMember
)

// visitChange is a change of a visit by an act. Without an entry nothing is recorded in the ledger.
type visitChange struct {
	old, next visitState
	act       window.Act
	second    secondMember
	evidence  []byte // the sealed evidence that the act demands; nil = any
	shown     bool   // the act demands that the evidence was shown to the member
}

// updateVisit has the whole guard of an act. The state that it demands is in the old tag too. Four eyes and one's own affairs
// (R52): another account, another person as far as their document is known, who is not concerned by the case, and who has
// looked at the evidence since the document was seen.
const updateVisit = `UPDATE visits SET state = ?, registry_id = ?, case_id = ?, case_row = ?, subject_id = ?, reason = ?, minor = ?,
	unable = ?, verified_by = ?, verifier_hash = ?, verified_at = ?, approved_by = ?, approved_at = ?, shown_at = ?, ended_at = ?, outcome = ?, tag = ?
	WHERE id = ? AND office = ? AND state = ? AND expires_at > ? AND tag = ?
	AND (? = 0 OR verified_by <> ? AND opened_by <> ? AND (verifier_hash = ? OR NOT EXISTS (SELECT 1 FROM ` + ownPerson + ` WHERE verifier_hash = m.own OR verifier_hash = p.hash)))
	AND (? = 0 OR evidence_cipher = ?)
	AND (? = 0 OR ` + wasShown + `)
	AND NOT EXISTS (SELECT 1 FROM subject_keys o WHERE ` + isOwnHash + ` AND o.subject_id = ?)
	AND NOT EXISTS (SELECT 1 FROM subject_keys o JOIN todos t ON t.subject_id = o.subject_id WHERE ` + isOwnHash + ` AND t.case_row = ?)`

// wasShown is whether the document of a visit was shown to a member at or after a time.
const wasShown = `EXISTS (SELECT 1 FROM staff_accesses l WHERE l.subject_id = ? AND l.at >= ? AND l.member_id = ? AND l.shown = 'document' AND l.reference = ?)`

// changeVisit replaces the row of a visit and records the act, if it has an entry. It returns errNotOne if the row is not as
// it was read, or the member may not act.
func (s *Store) changeVisit(ctx context.Context, tx *sqlx.Tx, c visitChange) (visitState, error) {
	old, next, a := c.old, c.next, c.act
	next.Tag = s.tagAfter(old, next)
	person, hash := next, ownHash(a.Member)
	if next.SubjectID == "" {
		person = old
	}
	err := exactlyOne(tx.ExecContext(ctx, updateVisit,
		next.State, next.RegistryID, next.CaseID, next.CaseRow, next.SubjectID, next.Reason, next.Minor, next.Unable, next.VerifiedBy, next.Verifier,
		next.VerifiedAt, next.ApprovedBy, next.ApprovedAt, next.ShownAt, next.EndedAt, next.Outcome, next.Tag,
		old.ID, a.Member.Office, old.State, ms(a.Now), old.Tag,
		int(c.second), a.Member.ID, a.Member.ID, []byte{}, hash,
		flag(c.evidence != nil), c.evidence,
		flag(c.shown), old.SubjectID, old.VerifiedAt, a.Member.ID, old.ID,
		hash, person.SubjectID, hash, person.CaseRow))
	if err == nil && a.Entry.ID != "" {
		_, err = s.appendLedger(ctx, tx, a.Entry)
	}
	return next, err
}

// EndVisit implements [window.VisitStore].
func (s *Store) EndVisit(ctx context.Context, a window.Act, outcome string) (window.Visit, error) {
	var next visitState
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		old, err := s.readVisit(ctx, tx, a.Member.Office, a.VisitID)
		if err != nil {
			return err
		}
		if old.State == string(window.Ended) {
			return window.ErrState
		}
		next = old
		next.State, next.EndedAt, next.Outcome = string(window.Ended), ms(a.Now), outcome
		next, err = s.changeVisit(ctx, tx, visitChange{old: old, next: next, act: a})
		if err == nil {
			err = endPhotosOf(ctx, tx, old.ID, next.EndedAt)
		}
		if err == nil {
			err = endNumberOf(ctx, tx, next)
		}
		return overtakenVisit(ctx, tx, err, a.Member, old)
	})
	return next.visit(), visited("ending a visit", err)
}
