package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"renzheng/retention"
)

// cursorRow is the last case of a registry that was entered into case_ends.
type cursorRow struct {
	ID         string `db:"id"` // of a case that follows
	ReceivedAt int64  `db:"received_at"`
	CaseID     string `db:"case_id"`
}

const (
	readCursor   = "SELECT received_at, case_id FROM case_cursors WHERE registry_id = ?"
	insertCursor = "INSERT INTO case_cursors (registry_id, received_at, case_id) VALUES (?, 0, '')"
	moveCursor   = `UPDATE case_cursors SET received_at = ?, case_id = ?
		WHERE registry_id = ? AND received_at = ? AND case_id = ?`

	endedAfter = `SELECT id, received_at, case_id FROM cases WHERE registry_id = ? AND received_at >= ? AND received_at <= ?
		AND (received_at > ? OR case_id > ?) AND state <> 'erased' ORDER BY received_at, case_id LIMIT ?`

	lastAnswer = "COALESCE((SELECT MAX(t.answered_at) FROM todos t WHERE t.case_row = "
	enterEnds  = `INSERT INTO case_ends (case_row, registry_id, answered_at) SELECT c.id, c.registry_id, ` + lastAnswer + `c.id), 0)
		FROM cases c WHERE c.id IN (?) AND NOT EXISTS (SELECT 1 FROM case_ends e WHERE e.case_row = c.id)`
	renewEnds = "UPDATE case_ends SET answered_at = " + lastAnswer + "case_ends.case_row), 0) WHERE erased_at = 0 AND case_row IN (?)"
)

// enterCases enters a batch of the cases that were received up to the end of a cut, and returns how many.
func (s *Store) enterCases(ctx context.Context, c retention.Cut, limit int) (int, error) {
	entered := 0
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		last, err := cursorOf(ctx, tx, c.Registry)
		if err != nil {
			return err
		}
		var rows []cursorRow
		err = tx.SelectContext(ctx, &rows, endedAfter, c.Registry, last.ReceivedAt, ms(endedBy(c)), last.ReceivedAt, last.CaseID, limit)
		if entered = len(rows); err != nil || entered == 0 {
			return err
		}
		ids := make([]string, len(rows))
		for i, row := range rows {
			ids[i] = row.ID
		}
		for _, text := range []string{renewEnds, enterEnds} {
			query, args, failed := in(text, ids)
			if failed == nil {
				_, failed = tx.ExecContext(ctx, query, args...)
			}
			if failed != nil {
				return raced(failed)
			}
		}
		next := rows[len(rows)-1]
		return lost(exactlyOne(tx.ExecContext(ctx, moveCursor, next.ReceivedAt, next.CaseID, c.Registry, last.ReceivedAt, last.CaseID)))
	})
	return entered, err
}

// cursorOf returns the cursor of a registry, and makes it if necessary.
func cursorOf(ctx context.Context, tx *sqlx.Tx, registryID string) (cursorRow, error) {
	var last cursorRow
	err := tx.GetContext(ctx, &last, readCursor, registryID)
	if noRow(err) {
		_, err = tx.ExecContext(ctx, insertCursor, registryID)
		return cursorRow{}, raced(err)
	}
	return last, err
}

const (
	// A case that was revised since it was entered is entered again later: it was received anew.
	forgetRevised = `DELETE FROM case_ends WHERE case_row = ? AND answered_at = 0 AND erased_at = 0 AND EXISTS (SELECT 1 FROM cases c
		JOIN case_cursors u ON u.registry_id = c.registry_id WHERE c.id = case_row AND c.received_at > u.received_at)`
	// The period of a case with an answer begins with its last answer or revision.
	postponeAnswered = `UPDATE case_ends SET answered_at = (SELECT CASE WHEN MAX(t.answered_at) > c.received_at THEN MAX(t.answered_at) ELSE c.received_at END
		FROM cases c JOIN todos t ON t.case_row = c.id WHERE c.id = case_ends.case_row GROUP BY c.id, c.received_at)
		WHERE case_row = ? AND erased_at = 0 AND EXISTS (SELECT 1 FROM todos t WHERE t.case_row = case_ends.case_row AND t.answered_at > 0)`
)

// postponeCases notes of cases that were kept what happened since they were entered.
func (s *Store) postponeCases(ctx context.Context, ids []string) error {
	for _, id := range ids {
		for _, query := range []string{forgetRevised, postponeAnswered} {
			if _, err := s.exec(ctx, query, id); err != nil {
				return fmt.Errorf("postponing a case: %w", err)
			}
		}
	}
	return nil
}
