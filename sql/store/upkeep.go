package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/todo"
)

var _ todo.UpkeepStore = (*Store)(nil)

// ExpireTodos implements [todo.UpkeepStore].
func (s *Store) ExpireTodos(
	ctx context.Context, now time.Time, limit int, announce func(todo.Todo) (todo.Event, error),
) (int, error) {
	expired := 0
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		var due []todoRow
		err := tx.SelectContext(ctx, &due, `SELECT id, case_row, registry_id, case_id, signer_id, revision FROM todos
			WHERE state = 'open' AND expires_at <= ? ORDER BY expires_at, id LIMIT ?`, ms(now), limit)
		if err != nil {
			return fmt.Errorf("finding todos to expire: %w", err)
		}
		expired = 0
		for _, row := range due {
			ended, err := expireTodo(ctx, tx, row, now, announce)
			if err != nil {
				return err
			}
			expired += ended
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return expired, nil
}

// expireTodo ends one todo and inserts its event, unless it ended otherwise meanwhile. It returns how many it ended.
func expireTodo(
	ctx context.Context, tx *sqlx.Tx, row todoRow, now time.Time, announce func(todo.Todo) (todo.Event, error),
) (int, error) {
	err := exactlyOne(tx.ExecContext(ctx, "UPDATE todos SET state = 'expired' WHERE id = ? AND state = 'open' AND expires_at <= ?",
		row.ID, ms(now)))
	if errors.Is(err, errNotOne) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("expiring a todo: %w", err)
	}
	event, err := announce(todo.Todo{
		ID: row.ID, CaseRow: row.CaseRow, RegistryID: row.RegistryID, CaseID: row.CaseID, SignerID: row.SignerID, Revision: row.Revision,
	})
	if err != nil {
		return 0, err
	}
	return 1, insertEvents(ctx, tx, event)
}
