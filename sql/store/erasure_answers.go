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
	PortraitID     string `db:"portrait_id"`
	AnsweredAt     int64  `db:"answered_at"`
	Fetched        bool   `db:"fetched"` // the registry has the evidence
	Held           bool   `db:"held"`    // a legal hold keeps it
}

// eraseAnswers erases the todos that were set aside and whose ground has ended: at once if nobody answered, otherwise after
// the registry's period of evidence. It reports whether some stay.
//
// The row of an answer keeps its ids and its receipt. The receipt holds salted commitments only, so that it still
// verifies and names nobody. A portrait that its registry has fetched goes at once.
func (s *Store) eraseAnswers(ctx context.Context, tx *sqlx.Tx, e erasureRow, x rights.Execution) (stay bool, err error) {
	var rows []keptTodo
	err = tx.SelectContext(ctx, &rows, `SELECT t.id, t.case_row, t.registry_id, t.case_id, t.signer_id, t.revision,
		COALESCE(c.id, '') AS confirmation_id, COALESCE(c.portrait_id, '') AS portrait_id, COALESCE(c.answered_at, 0) AS answered_at,
		EXISTS (SELECT 1 FROM evidence_fetches f WHERE f.confirmation_id = c.id) AS fetched,
		EXISTS (SELECT 1 FROM legal_holds h WHERE h.lifted_at = 0 AND h.owner_id IN (t.case_row, t.subject_id)) AS held
		FROM todos t LEFT JOIN confirmations c ON c.todo_id = t.id
		WHERE t.subject_id = ? AND LENGTH(t.signer_cipher) > 0`, e.KeptID)
	if err != nil {
		return false, fmt.Errorf("listing what was set aside: %w", err)
	}
	for _, row := range rows {
		kept := row.Held || row.ConfirmationID != "" && fromMs(row.AnsweredAt).Add(x.Evidence(row.RegistryID)).After(x.Now)
		stay = stay || kept
		switch {
		case !kept:
			err = s.eraseKept(ctx, tx, row, x)
		case row.Fetched && !row.Held:
			err = dropPortrait(ctx, tx, row.PortraitID)
		}
		if err != nil {
			return stay, err
		}
	}
	return stay, nil
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
