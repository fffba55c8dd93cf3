package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"renzheng/identity"
	"renzheng/keyring"
	"renzheng/rights"
	"renzheng/staff"
	"renzheng/window"
)

var _ window.EscalationStore = (*Store)(nil)

// escalationState is a row of escalations without what is sealed.
type escalationState struct {
	ID        string `db:"id"`
	Kind      string `db:"kind"`
	Office    string `db:"office"`
	Centre    string `db:"centre"`
	VisitID   string `db:"visit_id"`
	SubjectID string `db:"subject_id"`
	CaseRow   string `db:"case_row"`
	SentBy    string `db:"sent_by"`
	SentAt    int64  `db:"sent_at"`
	DueAt     int64  `db:"due_at"`
	SettledBy string `db:"settled_by"`
	SettledAt int64  `db:"settled_at"`
	Outcome   string `db:"outcome"`
	Tag       rowTag `db:"tag"`
}

const escalationColumns = `e.id, e.kind, e.office, e.centre, e.visit_id, e.subject_id, e.case_row, e.sent_by, e.sent_at, e.due_at, e.settled_by,
	e.settled_at, e.outcome, e.tag`

func (r escalationState) place() AlteredError { return AlteredError{"escalations", r.ID} }

func (r escalationState) stored() []byte { return r.Tag }

func (r escalationState) content() keyring.TagContent {
	return keyring.NewTagContent("escalations").Text(r.ID, r.Kind, r.Office, r.Centre, r.VisitID, r.SubjectID, r.CaseRow, r.SentBy).
		Number(r.SentAt, r.DueAt).Text(r.SettledBy).Number(r.SettledAt).Text(r.Outcome)
}

func (r escalationState) escalation() window.Escalation {
	return window.Escalation{
		ID: r.ID, Kind: window.EscalationKind(r.Kind), Office: r.Office, Centre: r.Centre, VisitID: r.VisitID, SentBy: r.SentBy,
		SentAt: fromMs(r.SentAt), DueAt: fromMs(r.DueAt), SettledBy: r.SettledBy, SettledAt: fromMs(r.SettledAt), Outcome: r.Outcome,
	}
}

func escalationAAD(column, id string) keyring.AssociatedData {
	return keyring.AssociatedData{Table: "escalations", Column: column, Row: id}
}

// SendEscalation implements [window.EscalationStore].
func (s *Store) SendEscalation(ctx context.Context, e window.Escalation, a window.Act) error {
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		v, err := s.readVisit(ctx, tx, a.Member.Office, a.VisitID)
		if err != nil {
			return err
		}
		if v.SubjectID == "" || v.EndedAt > 0 || v.ExpiresAt <= ms(a.Now) {
			return window.ErrState
		}
		if err = notOwnAffair(ctx, tx, a.Member, v.SubjectID, v.CaseRow); err == nil {
			err = s.notGuardian(ctx, tx, a.Member, v)
		}
		if err != nil {
			return err
		}
		key, err := s.ownerKey(ctx, tx, v.SubjectID)
		if err != nil {
			return err
		}
		note, err := key.Seal(escalationAAD("note_cipher", e.ID), []byte(e.Note.Reveal()))
		if err != nil {
			return err
		}
		row := escalationState{
			ID: e.ID, Kind: string(e.Kind), Office: e.Office, Centre: e.Centre, VisitID: v.ID, SubjectID: v.SubjectID, CaseRow: v.CaseRow,
			SentBy: e.SentBy, SentAt: ms(e.SentAt), DueAt: ms(e.DueAt),
		}
		err = repeated(insertRows(ctx, tx, `INSERT INTO escalations (id, kind, office, centre, visit_id, subject_id, case_row, sent_by, sent_at, due_at, settled_by,
			settled_at, outcome, tag, note_cipher, answer_cipher)`, [][]any{{
			row.ID, row.Kind, row.Office, row.Centre, row.VisitID, row.SubjectID, row.CaseRow, row.SentBy, row.SentAt, row.DueAt, "", 0, "",
			s.tag(row), note,
			[]byte{},
		}}))
		if err == nil {
			_, err = s.appendLedger(ctx, tx, a.Entry)
		}
		return err
	})
	return visited("asking the centre", err)
}

// notOwnAffair returns ErrOwnAffair if the member is the person or concerned by the case.
func notOwnAffair(ctx context.Context, q querier, m staff.Member, subjectID, caseRow string) error {
	own, err := isOwn(ctx, q, m, subjectID, caseRow)
	if err == nil && own {
		return window.ErrOwnAffair
	}
	return err
}

// notTheirRequest returns window.ErrOwnAffair if a request to the centre is about the member, their case or their ward.
func (s *Store) notTheirRequest(ctx context.Context, tx *sqlx.Tx, m staff.Member, r escalationState) error {
	if err := notOwnAffair(ctx, tx, m, r.SubjectID, r.CaseRow); err != nil {
		return err
	}
	v, err := s.readVisit(ctx, tx, r.Office, r.VisitID)
	if errors.Is(err, window.ErrNotFound) {
		return nil // it was deleted before the request
	}
	if err != nil {
		return err
	}
	return s.notGuardian(ctx, tx, m, v)
}

// Escalations implements [window.EscalationStore].
func (s *Store) Escalations(ctx context.Context, office string, limit int) ([]window.Escalation, error) {
	var rows []escalationState
	err := s.read.SelectContext(ctx, &rows, `SELECT `+escalationColumns+` FROM escalations e WHERE e.office = ?
		UNION SELECT `+escalationColumns+` FROM escalations e WHERE e.centre = ? ORDER BY settled_at, due_at, id LIMIT ?`, office, office, limit)
	for i := 0; err == nil && i < len(rows); i++ {
		err = s.verify(ctx, s.read, rows[i])
	}
	if err != nil {
		return nil, fmt.Errorf("listing escalations: %w", err)
	}
	found := make([]window.Escalation, len(rows))
	for i, row := range rows {
		found[i] = row.escalation()
	}
	return found, nil
}

// readEscalation reads a row of one of the two sides.
func (s *Store) readEscalation(ctx context.Context, tx *sqlx.Tx, id, office string) (escalationState, error) {
	var row escalationState
	err := tx.GetContext(ctx, &row, "SELECT "+escalationColumns+" FROM escalations e WHERE e.id = ? AND (e.office = ? OR e.centre = ?)", id, office, office)
	if noRow(err) {
		return row, window.ErrNotFound
	}
	if err == nil {
		err = s.verify(ctx, tx, row)
	}
	return row, err
}

// ReadEscalation implements [window.EscalationStore].
func (s *Store) ReadEscalation(ctx context.Context, id string, a window.Act) (window.Escalation, error) {
	var e window.Escalation
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		row, err := s.readEscalation(ctx, tx, id, a.Member.Office)
		if err != nil {
			return err
		}
		if err = s.notTheirRequest(ctx, tx, a.Member, row); err != nil {
			return err
		}
		if err = s.recordAccess(ctx, tx, rights.StaffAccess{
			SubjectID: row.SubjectID, Member: a.Member, Role: staff.Clerk, Purpose: staff.ForService, Shown: rights.ShownContact, Reference: row.ID, At: a.Now,
		}); err != nil {
			return err
		}
		e = row.escalation()
		return s.openEscalation(ctx, tx, row, &e)
	})
	return e, visited("reading an escalation", err)
}

func (s *Store) openEscalation(ctx context.Context, tx *sqlx.Tx, row escalationState, e *window.Escalation) error {
	var sealed struct {
		Note   []byte `db:"note_cipher"`
		Answer []byte `db:"answer_cipher"`
	}
	if err := tx.GetContext(ctx, &sealed, "SELECT note_cipher, answer_cipher FROM escalations WHERE id = ?", row.ID); err != nil {
		return err
	}
	key, err := s.ownerKey(ctx, tx, row.SubjectID)
	if err != nil {
		return err
	}
	note, err := key.Open(escalationAAD("note_cipher", row.ID), sealed.Note)
	e.Note = identity.NewSecret(string(note))
	if err == nil && len(sealed.Answer) > 0 {
		var answer []byte
		answer, err = key.Open(escalationAAD("answer_cipher", row.ID), sealed.Answer)
		e.Answer = identity.NewSecret(string(answer))
	}
	return err
}

// SettleEscalation implements [window.EscalationStore].
func (s *Store) SettleEscalation(ctx context.Context, e window.Escalation, a window.Act) error {
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		old, err := s.readEscalation(ctx, tx, e.ID, a.Member.Office)
		switch {
		case err != nil:
			return err
		case old.Centre != a.Member.Office:
			return window.ErrNotFound
		case old.SettledAt > 0:
			return window.ErrState
		}
		if err = s.notTheirRequest(ctx, tx, a.Member, old); err != nil {
			return err
		}
		key, err := s.ownerKey(ctx, tx, old.SubjectID)
		if err != nil {
			return err
		}
		answer, err := key.Seal(escalationAAD("answer_cipher", e.ID), []byte(e.Answer.Reveal()))
		if err != nil {
			return err
		}
		next := old
		next.SettledBy, next.SettledAt, next.Outcome = e.SettledBy, ms(e.SettledAt), e.Outcome
		err = exactlyOne(tx.ExecContext(ctx, `UPDATE escalations SET settled_by = ?, settled_at = ?, outcome = ?, answer_cipher = ?, tag = ?
			WHERE id = ? AND centre = ? AND settled_at = 0 AND sent_by <> ? AND tag = ?`,
			next.SettledBy, next.SettledAt, next.Outcome, answer, s.tagAfter(old, next), old.ID, a.Member.Office, a.Member.ID, old.Tag))
		if err = overtakenVisit(ctx, tx, err, a.Member, visitState{SubjectID: old.SubjectID, CaseRow: old.CaseRow}); err != nil {
			return err
		}
		_, err = s.appendLedger(ctx, tx, a.Entry)
		return err
	})
	return visited("settling an escalation", err)
}
