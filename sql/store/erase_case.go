package store

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/jmoiron/sqlx"
)

// EraseCase erases everything personal in a case, whatever its period: the data key, the ciphers of todos and answers, the
// hashes of handwritings, its portraits, events and messages, and the subjects that nothing else names. If somebody
// answered, the ids and the receipts stay, so that a receipt still verifies; otherwise nothing stays. Idempotent.
//
// caseRow is our id of the case. Errors: retention.ErrHeld.
func (s *Store) EraseCase(ctx context.Context, caseRow string, now time.Time) error {
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		return s.eraseCase(ctx, tx, caseErasure{id: caseRow, receivedBy: math.MaxInt64, answeredBy: math.MaxInt64, now: now})
	})
	if err != nil {
		return fmt.Errorf("erasing a case: %w", held(err))
	}
	return nil
}

// caseErasure is a case that is erased if it was received and answered by certain times.
type caseErasure struct {
	id                     string
	receivedBy, answeredBy int64
	now                    time.Time
}

// answerRow is what an answer has in other tables.
type answerRow struct {
	ID         string `db:"id"`
	PortraitID string `db:"portrait_id"`
}

const (
	// clearTodos comes first: an answer changes its todo too, so that of an answer and an erasure one waits for the other.
	clearTodos = `UPDATE todos SET signer_cipher = x'', headline_cipher = x'', content_cipher = x'', salt_cipher = x''
		WHERE case_row = ?`
	guardCase = `DELETE FROM data_keys WHERE owner_id = ? AND holds = 0
		AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.id = data_keys.owner_id AND c.received_at > ?)
		AND NOT EXISTS (SELECT 1 FROM todos t WHERE t.case_row = data_keys.owner_id AND t.answered_at > ?)
		AND NOT EXISTS (SELECT 1 FROM legal_holds h JOIN todos t ON t.subject_id = h.owner_id
			WHERE h.lifted_at = 0 AND t.case_row = data_keys.owner_id)`
	subjectsOfCase = "SELECT DISTINCT subject_id FROM todos WHERE case_row = ?"
	answersOfCase  = `SELECT c.id, c.portrait_id FROM todos t JOIN confirmations c ON c.todo_id = t.id WHERE t.case_row = ?`
	clearAnswer    = "UPDATE confirmations SET openings_cipher = x'', strokes_cipher = NULL WHERE id = ?"
	clearPaper     = "UPDATE visit_answers SET paper = '', paper_cipher = x'' WHERE confirmation_id = ?"
	dropScan       = "DELETE FROM answer_scans WHERE confirmation_id = ?"
	dropStrokes    = "DELETE FROM strokes_used WHERE confirmation_id = ?"
	dropUnanswered = "DELETE FROM todos WHERE case_row = ? AND NOT EXISTS (SELECT 1 FROM confirmations c WHERE c.todo_id = todos.id)"
	emptyCase      = "UPDATE cases SET state = 'erased', push_salt_cipher = x'' WHERE id = ?"
	endCase        = "UPDATE case_ends SET erased_at = ? WHERE case_row = ?"
	enterErased    = `INSERT INTO case_ends (case_row, registry_id, answered_at, erased_at)
		SELECT c.id, c.registry_id, 0, ? FROM cases c WHERE c.id = ?`
)

// eraseCase returns errKept if the case is not due or a hold keeps it; the caller undoes the transaction.
func (s *Store) eraseCase(ctx context.Context, tx *sqlx.Tx, e caseErasure) error {
	if _, err := tx.ExecContext(ctx, clearTodos, e.id); err != nil {
		return fmt.Errorf("clearing todos: %w", err)
	}
	n, err := rowsMatched(tx.ExecContext(ctx, guardCase, e.id, e.receivedBy, e.answeredBy))
	if err == nil && n == 0 {
		err = keyGone(ctx, tx, e.id)
	}
	if err != nil {
		return err
	}
	var subjects []string
	var answers []answerRow
	if err = tx.SelectContext(ctx, &subjects, subjectsOfCase, e.id); err == nil {
		err = tx.SelectContext(ctx, &answers, answersOfCase, e.id)
	}
	if err != nil {
		return fmt.Errorf("reading what hangs on a case: %w", err)
	}
	for _, a := range answers {
		if err = eraseAnswer(ctx, tx, a); err != nil {
			return err
		}
	}
	if err = dropCaseRows(ctx, tx, e, len(answers) > 0); err != nil {
		return fmt.Errorf("deleting the rows of a case: %w", err)
	}
	for _, id := range subjects {
		if err = dropUnseenSubject(ctx, tx, id, e.now); err != nil {
			return err
		}
	}
	return nil
}

// eraseAnswer erases what is personal in an answer, except what its todo holds.
func eraseAnswer(ctx context.Context, tx *sqlx.Tx, a answerRow) error {
	_, err := tx.ExecContext(ctx, clearAnswer, a.ID)
	if err == nil {
		_, err = tx.ExecContext(ctx, clearPaper, a.ID)
	}
	if err == nil {
		_, err = tx.ExecContext(ctx, dropScan, a.ID)
	}
	if err == nil {
		_, err = tx.ExecContext(ctx, dropStrokes, a.ID)
	}
	if err != nil {
		return fmt.Errorf("erasing an answer: %w", err)
	}
	return dropPortrait(ctx, tx, a.PortraitID)
}

// dropCaseRows deletes the rows of a case that was erased. Of one with answers, the case and the answered todos stay.
func dropCaseRows(ctx context.Context, tx *sqlx.Tx, e caseErasure, answered bool) error { //nolint:revive // flag-parameter: a fact about the case
	queries := []string{"DELETE FROM events WHERE case_row = ?", "DELETE FROM notification_messages WHERE case_row = ?", dropUnanswered}
	if answered {
		queries = append(queries, emptyCase)
	} else {
		queries = append(queries, "DELETE FROM case_ends WHERE case_row = ?", "DELETE FROM cases WHERE id = ?")
	}
	for _, query := range queries {
		if _, err := tx.ExecContext(ctx, query, e.id); err != nil {
			return err
		}
	}
	if !answered {
		return nil
	}
	n, err := rowsMatched(tx.ExecContext(ctx, endCase, ms(e.now), e.id))
	if err == nil && n == 0 {
		_, err = tx.ExecContext(ctx, enterErased, ms(e.now), e.id)
	}
	return err
}
