package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"renzheng/todo"
)

// endingPortraits finds portraits that have no time of deletion and whose answers are old enough. A portrait is always
// older than its answer, so the same time bounds both, and the index of the portraits can be used.
const endingPortraits = `SELECT p.id AS portrait_id, c.id, c.todo_id, c.case_row, c.registry_id, c.case_id, c.signer_id, c.revision
	FROM portraits p JOIN confirmations c ON c.verification_id = p.verification_id AND c.portrait_id = p.id
	WHERE p.delete_after = 0 AND p.created_at <= ? AND c.answered_at <= ? ORDER BY p.created_at LIMIT ?`

// AnnouncePortraits implements [todo.UpkeepStore].
func (s *Store) AnnouncePortraits(ctx context.Context, p todo.PortraitEnd) (int, error) {
	announced := 0
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		var due []confirmationRow
		err := tx.SelectContext(ctx, &due, endingPortraits, ms(p.AnsweredBy), ms(p.AnsweredBy), p.Limit)
		if err != nil {
			return fmt.Errorf("finding portraits that were never fetched: %w", err)
		}
		var events []todo.Event
		for _, row := range due {
			n, err := rowsMatched(tx.ExecContext(ctx, "UPDATE portraits SET delete_after = ? WHERE id = ? AND delete_after = 0",
				ms(p.DeleteAfter), row.PortraitID))
			if err != nil {
				return fmt.Errorf("setting the deletion time of a portrait: %w", err)
			}
			if n == 0 {
				continue // the registry has just fetched it
			}
			id, err := s.newID("evt_")
			if err != nil {
				return err
			}
			events = append(events, todo.Event{
				ID: id, Type: todo.EventPortraitExpiring, RegistryID: row.RegistryID, CaseRow: row.CaseRow, CaseID: row.CaseID,
				SignerID: row.SignerID, TodoID: row.TodoID, Revision: row.Revision, ConfirmationID: row.ID, CreatedAt: p.Now,
			})
		}
		announced = len(events)
		return insertEvents(ctx, tx, events...)
	})
	if err != nil {
		return 0, err
	}
	return announced, nil
}
