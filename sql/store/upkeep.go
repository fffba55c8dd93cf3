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
		var err error
		expired, err = s.expireTodos(ctx, tx, now, limit, announce)
		return err
	})
	if err != nil {
		return 0, err
	}
	return expired, nil
}

// expireTodos ends the todos that have waited the longest. Altered ones stay due, so it reads more if it found nothing else.
func (s *Store) expireTodos(
	ctx context.Context, tx *sqlx.Tx, now time.Time, limit int, announce func(todo.Todo) (todo.Event, error),
) (int, error) {
	for most := limit; ; most *= 2 {
		var due []todoState
		err := tx.SelectContext(ctx, &due, "SELECT "+todoColumns+` FROM todos t
			WHERE t.state = 'open' AND t.expires_at <= ? ORDER BY t.expires_at, t.id LIMIT ?`, ms(now), most)
		if err != nil {
			return 0, fmt.Errorf("finding todos to expire: %w", err)
		}
		expired := 0
		for _, row := range due {
			ended, err := s.expireTodo(ctx, tx, row, now, announce)
			if err != nil {
				return 0, err
			}
			expired += ended
		}
		if expired > 0 || len(due) < most {
			return expired, nil
		}
	}
}

// expireTodo ends one todo and inserts its event, unless it ended otherwise meanwhile or was altered. It returns how many
// it ended.
func (s *Store) expireTodo(
	ctx context.Context, tx *sqlx.Tx, row todoState, now time.Time, announce func(todo.Todo) (todo.Event, error),
) (int, error) {
	err := s.verify(ctx, tx, row)
	if err == nil {
		err = exactlyOne(tx.ExecContext(ctx, "UPDATE todos SET state = 'expired', tag = ? WHERE id = ? AND state = 'open' AND expires_at <= ? AND tag = ?",
			s.tagAfter(row, row.ended(todo.Expired, row.AnsweredAt)), row.ID, ms(now), row.Tag))
	}
	if errors.Is(err, errNotOne) || altered(err) {
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
