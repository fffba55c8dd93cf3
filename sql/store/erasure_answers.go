package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"renzheng/rights"
	"renzheng/todo"
)

// keptTodo is a todo that an erasure set aside, with its answer, if there is one.
type keptTodo struct {
	ID             string `db:"id"`
	CaseRow        string `db:"case_row"`
	RegistryID     string `db:"registry_id"`
	CaseID         string `db:"case_id"`
	SignerID       string `db:"signer_id"`
	Revision       int64  `db:"revision"`
	ConfirmationID string `db:"confirmation_id"` // "" without an answer
	PortraitID     string `db:"portrait_id"`     // "" without a portrait
	AnsweredAt     int64  `db:"answered_at"`
	Fetched        bool   `db:"fetched"` // the registry has the evidence
}

// eraseAnswers erases the todos that were set aside and whose ground has ended: at once if nobody answered, otherwise after
// the registry's period of evidence. It reports whether some stay.
//
// The row of an answer keeps its ids and its receipt. The receipt holds salted commitments only, so that it still
// verifies and names nobody. A portrait that its registry has fetched goes at once.
func (s *Store) eraseAnswers(ctx context.Context, tx *sqlx.Tx, e erasureRow, x rights.Execution) (stay bool, err error) {
	var rows []keptTodo
	err = tx.SelectContext(ctx, &rows, `SELECT t.id, t.case_row, t.registry_id, t.case_id, t.signer_id, t.revision,
		COALESCE(c.id, '') AS confirmation_id, COALESCE(p.id, '') AS portrait_id, COALESCE(c.answered_at, 0) AS answered_at,
		EXISTS (SELECT 1 FROM evidence_fetches f WHERE f.confirmation_id = c.id) AS fetched
		FROM todos t LEFT JOIN confirmations c ON c.todo_id = t.id LEFT JOIN portraits p ON p.id = c.portrait_id
		WHERE t.subject_id = ? AND LENGTH(t.signer_cipher) > 0`, e.KeptID)
	if err != nil {
		return false, fmt.Errorf("listing what was set aside: %w", err)
	}
	for _, row := range rows {
		stays, err := s.endKept(ctx, tx, row, x)
		if err != nil {
			return false, err
		}
		stay = stay || stays
	}
	return stay, nil
}

// endKept erases a todo that was set aside, with its answer, as far as it may, and reports whether it stays.
func (s *Store) endKept(ctx context.Context, tx *sqlx.Tx, row keptTodo, x rights.Execution) (stays bool, err error) {
	stays = row.ConfirmationID != "" && fromMs(row.AnsweredAt).Add(x.Evidence(row.RegistryID)).After(x.Now)
	if stays && (!row.Fetched || row.PortraitID == "") {
		return true, nil
	}
	if free, failed := isUnheld(ctx, tx, row.CaseRow); failed != nil || !free {
		return true, failed
	}
	if stays {
		return true, dropPortrait(ctx, tx, row.PortraitID)
	}
	return false, s.eraseKept(ctx, tx, row, x)
}

// eraseKept clears what is personal in one todo and its answer, and tells the registry.
func (s *Store) eraseKept(ctx context.Context, tx *sqlx.Tx, row keptTodo, x rights.Execution) error {
	_, err := tx.ExecContext(ctx, "UPDATE todos SET signer_cipher = ?, headline_cipher = ?, content_cipher = ?, salt_cipher = ? WHERE id = ?",
		[]byte{}, []byte{}, []byte{}, []byte{}, row.ID)
	if err != nil {
		return fmt.Errorf("erasing a todo: %w", err)
	}
	if row.ConfirmationID == "" {
		return nil
	}
	_, err = tx.ExecContext(ctx, "UPDATE confirmations SET openings_cipher = ?, strokes_cipher = NULL WHERE id = ?", []byte{}, row.ConfirmationID)
	if err != nil {
		return fmt.Errorf("erasing an answer: %w", err)
	}
	if err = execAll(ctx, tx, []string{dropScan, dropStrokes}, row.ConfirmationID); err != nil {
		return fmt.Errorf("erasing a signature: %w", err)
	}
	if err = dropPortrait(ctx, tx, row.PortraitID); err != nil {
		return err
	}
	id, err := s.newID("evt_")
	if err != nil {
		return err
	}
	return insertEvents(ctx, tx, todo.Event{
		ID: id, Type: todo.EventErased, RegistryID: row.RegistryID, CaseRow: row.CaseRow, CaseID: row.CaseID, SignerID: row.SignerID,
		TodoID: row.ID, Revision: row.Revision, ConfirmationID: row.ConfirmationID, CreatedAt: x.Now,
	})
}
