package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/todo"
)

var _ todo.TodoStore = (*Store)(nil)

// liveGrant is the condition of every read of a person's rows (R3), whose query joins grants g to what the subject owns.
const liveGrant = `g.id = ? AND g.session_id = ? AND g.subject_id = ? AND g.ended_at = 0 AND g.until > ?`

// grantArgs are the arguments of liveGrant.
func grantArgs(v todo.Viewer, now time.Time) []any {
	return []any{v.GrantID, v.SessionID, v.SubjectID, ms(now)}
}

// getTodo counts signers and not todos: one who answered an earlier revision may have a second todo. Only the newest can
// be open.
const getTodo = `SELECT ` + todoHead + `, ` + todoBody + `, COALESCE(s.served_at, 0) AS served_at, d.wrapped,
	(SELECT COUNT(DISTINCT c.signer_id) FROM todos c WHERE c.case_row = t.case_row AND c.state <> 'withdrawn') AS signers,
	(SELECT COUNT(*) FROM todos c WHERE c.case_row = t.case_row AND c.state = 'open' AND c.expires_at > ?) AS waiting
	FROM grants g JOIN todos t ON t.subject_id = g.subject_id JOIN data_keys d ON d.owner_id = t.case_row
	LEFT JOIN servings s ON s.session_id = g.session_id AND s.todo_id = t.id AND s.revision = t.revision
		AND s.content_digest = t.content_digest
	WHERE ` + liveGrant + ` AND t.id = ?`

// Todo implements [todo.TodoStore].
func (s *Store) Todo(ctx context.Context, v todo.Viewer, id string, now time.Time) (todo.Todo, error) {
	var row todoRow
	err := s.read.GetContext(ctx, &row, getTodo, append(append([]any{ms(now)}, grantArgs(v, now)...), id)...)
	if noRow(err) {
		return todo.Todo{}, todo.ErrNotFound
	}
	if err == nil {
		err = s.verify(ctx, s.read, row.todoState)
	}
	if err != nil {
		return todo.Todo{}, fmt.Errorf("reading a todo: %w", err)
	}
	key, err := s.unwrap(row.CaseRow, row.Wrapped)
	if err != nil {
		return todo.Todo{}, err
	}
	return row.open(key)
}

// MarkServed implements [todo.TodoStore]. The first time counts: it is what the receipt says.
func (s *Store) MarkServed(ctx context.Context, v todo.Viewer, t todo.Todo, now time.Time) error {
	const insert = "INSERT INTO servings (session_id, todo_id, revision, content_digest, served_at) VALUES (?, ?, ?, ?, ?)"
	args := []any{v.SessionID, t.ID, t.Revision, t.ContentDigest, ms(now)}
	followers := s.followers()
	if !slices.Contains(followers, t.RegistryID) {
		if _, err := s.exec(ctx, insert, args...); err != nil && !isDuplicate(err) {
			return fmt.Errorf("recording a serving: %w", err)
		}
		return nil
	}
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		if _, err := tx.ExecContext(ctx, insert, args...); err != nil && !isDuplicate(err) {
			return fmt.Errorf("recording a serving: %w", err)
		}
		return s.announceViewed(ctx, tx, followers, t, now)
	})
}
