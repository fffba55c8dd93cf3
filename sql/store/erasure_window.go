package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/keyring"
)

// keepHeldVisits moves what windows hold of the person in cases that a legal hold keeps to the subject e.KeptID: visits with what was
// seen, photos, requests to the centre and numbers of papers. It gets a data key of its own, because the person's key goes with them.
// Its key is erased when the hold ends, see endKeptVisits.
func (s *Store) keepHeldVisits(ctx context.Context, tx *sqlx.Tx, e erasureRow, now time.Time) error {
	var cases []string
	if err := tx.SelectContext(ctx, &cases, casesAtWindow, e.SubjectID, e.SubjectID); err != nil {
		return fmt.Errorf("listing the cases of visits: %w", err)
	}
	m := windowMove{tx: tx, from: e.SubjectID, to: e.KeptID}
	for _, caseRow := range cases {
		held, err := isHeld(ctx, tx, caseRow)
		if err == nil && held && m.newKey == (keyring.DataKey{}) {
			m.oldKey, m.newKey, err = s.keysOfMove(ctx, tx, e, now)
		}
		if err == nil && held {
			err = s.moveAtWindow(ctx, m, caseRow)
		}
		if err != nil {
			return fmt.Errorf("setting aside what a legal hold keeps at a window: %w", err)
		}
	}
	return nil
}

const casesAtWindow = "SELECT case_row FROM visits WHERE subject_id = ? UNION SELECT case_row FROM escalations WHERE subject_id = ?"

// keysOfMove returns the key of the person and a new one of what is kept.
func (s *Store) keysOfMove(ctx context.Context, tx *sqlx.Tx, e erasureRow, now time.Time) (from, to keyring.DataKey, err error) {
	if from, err = s.ownerKey(ctx, tx, e.SubjectID); err != nil {
		return from, to, err
	}
	if err = insertKeptSubject(ctx, tx, e.KeptID, now); err != nil {
		return from, to, err
	}
	to, err = s.newOwnerKey(ctx, tx, e.KeptID)
	return from, to, err
}

// windowMove moves rows of one subject to another, whose key then seals them. A row that changes meanwhile fails the erasure, which is
// executed again: otherwise what a hold keeps would stay behind and be erased.
type windowMove struct {
	tx             *sqlx.Tx
	from, to       string
	oldKey, newKey keyring.DataKey
}

// reseal returns a value under the new key, and false for one that somebody changed, which stays behind and goes with the person.
func (m windowMove) reseal(table, column, row string, cipher []byte) ([]byte, bool, error) {
	if len(cipher) == 0 {
		return []byte{}, true, nil
	}
	aad := keyring.AssociatedData{Table: table, Column: column, Row: row}
	plain, err := m.oldKey.Open(aad, cipher)
	if err != nil {
		return nil, false, nil //nolint:nilerr // the caller skips it: an erasure is not to fail for ever
	}
	sealed, err := m.newKey.Seal(aad, plain)
	return sealed, true, err
}

// moveAtWindow moves what windows hold of a case.
func (s *Store) moveAtWindow(ctx context.Context, m windowMove, caseRow string) error {
	err := s.moveVisits(ctx, m, caseRow)
	if err == nil {
		err = m.movePhotos(ctx, caseRow)
	}
	if err == nil {
		err = s.moveEscalations(ctx, m, caseRow)
	}
	if err == nil {
		err = m.movePapers(ctx, caseRow)
	}
	return err
}

func (s *Store) moveVisits(ctx context.Context, m windowMove, caseRow string) error {
	var rows []struct {
		visitState

		Cipher []byte `db:"evidence_cipher"`
	}
	err := m.tx.SelectContext(ctx, &rows, "SELECT "+visitColumns+", v.evidence_cipher FROM visits v WHERE v.subject_id = ? AND v.case_row = ?", m.from, caseRow)
	for i := 0; err == nil && i < len(rows); i++ {
		old := rows[i].visitState
		next := old
		next.SubjectID = m.to
		cipher, ok, failed := m.reseal("visits", "evidence_cipher", old.ID, rows[i].Cipher)
		if err = failed; err == nil && ok {
			err = exactlyOne(m.tx.ExecContext(ctx, "UPDATE visits SET subject_id = ?, evidence_cipher = ?, tag = ? WHERE id = ? AND tag = ?",
				m.to, cipher, s.tagAfter(old, next), old.ID, old.Tag))
		}
	}
	return err
}

func (m windowMove) movePhotos(ctx context.Context, caseRow string) error {
	var ids []string
	err := m.tx.SelectContext(ctx, &ids, "SELECT id FROM visit_photos WHERE subject_id = ? AND case_row = ?", m.from, caseRow)
	for i := 0; err == nil && i < len(ids); i++ { // one at a time: they are large
		var old []byte
		if err = m.tx.GetContext(ctx, &old, "SELECT picture_cipher FROM visit_photos WHERE id = ?", ids[i]); err != nil {
			return err
		}
		cipher, ok, failed := m.reseal("visit_photos", "picture_cipher", ids[i], old)
		if err = failed; err == nil && ok {
			_, err = m.tx.ExecContext(ctx, "UPDATE visit_photos SET subject_id = ?, picture_cipher = ? WHERE id = ?", m.to, cipher, ids[i])
		}
	}
	return err
}

func (s *Store) moveEscalations(ctx context.Context, m windowMove, caseRow string) error {
	var rows []struct {
		escalationState

		Note   []byte `db:"note_cipher"`
		Answer []byte `db:"answer_cipher"`
	}
	err := m.tx.SelectContext(ctx, &rows, "SELECT "+escalationColumns+", e.note_cipher, e.answer_cipher FROM escalations e WHERE e.subject_id = ? AND e.case_row = ?", m.from, caseRow)
	for i := 0; err == nil && i < len(rows); i++ {
		old := rows[i].escalationState
		next := old
		next.SubjectID = m.to
		note, ok, failed := m.reseal("escalations", "note_cipher", old.ID, rows[i].Note)
		if failed != nil || !ok {
			err = failed
			continue
		}
		answer, ok, failed := m.reseal("escalations", "answer_cipher", old.ID, rows[i].Answer)
		if err = failed; err == nil && ok {
			err = exactlyOne(m.tx.ExecContext(ctx, "UPDATE escalations SET subject_id = ?, note_cipher = ?, answer_cipher = ?, tag = ? WHERE id = ? AND tag = ?",
				m.to, note, answer, s.tagAfter(old, next), old.ID, old.Tag))
		}
	}
	return err
}

// movePapers moves the answers too, because the number of a paper is under the key of the answer's subject.
func (m windowMove) movePapers(ctx context.Context, caseRow string) error {
	var rows []struct {
		ID     string `db:"confirmation_id"`
		Cipher []byte `db:"paper_cipher"`
	}
	err := m.tx.SelectContext(ctx, &rows, `SELECT a.confirmation_id, a.paper_cipher FROM confirmations c JOIN visit_answers a ON a.confirmation_id = c.id
		WHERE c.subject_id = ? AND c.case_row = ?`, m.from, caseRow)
	for i := 0; err == nil && i < len(rows); i++ {
		cipher, ok, failed := m.reseal("visit_answers", "paper_cipher", rows[i].ID, rows[i].Cipher)
		if err = failed; err != nil || !ok {
			continue
		}
		if _, err = m.tx.ExecContext(ctx, "UPDATE visit_answers SET paper_cipher = ? WHERE confirmation_id = ?", cipher, rows[i].ID); err == nil {
			_, err = m.tx.ExecContext(ctx, "UPDATE confirmations SET subject_id = ? WHERE id = ?", m.to, rows[i].ID)
		}
	}
	return err
}

// endKeptVisits erases what keepHeldVisits has kept and no hold keeps any more, and reports whether something stays.
func endKeptVisits(ctx context.Context, tx *sqlx.Tx, e erasureRow) (stays bool, err error) {
	var cases []string
	if err = tx.SelectContext(ctx, &cases, casesAtWindow, e.KeptID, e.KeptID); err != nil || len(cases) == 0 {
		return false, err
	}
	for _, caseRow := range cases {
		held, failed := isHeld(ctx, tx, caseRow, e.KeptID)
		if err = failed; err == nil && !held {
			err = execAll(ctx, tx, []string{
				clearPapersOf + " AND c.case_row = ?)", dropPhotos + " AND case_row = ?", dropVisits + " AND case_row = ?", dropEscalations + " AND case_row = ?",
			}, e.KeptID, caseRow)
		}
		if err != nil {
			return false, fmt.Errorf("erasing what a legal hold has kept at a window: %w", err)
		}
		stays = stays || held
	}
	if stays {
		return true, nil
	}
	return false, dropKey(ctx, tx, e.KeptID)
}
