package store

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"time"

	"renzheng/keyring"
	"renzheng/todo"
)

var _ todo.TodoStore = (*Store)(nil)

// liveGrant is the condition of every read of a person's rows (R3), whose query joins grants g to what the subject owns.
const liveGrant = `g.id = ? AND g.session_id = ? AND g.subject_id = ? AND g.ended_at = 0 AND g.until > ?`

// grantArgs are the arguments of liveGrant.
func grantArgs(v todo.Viewer, now time.Time) []any {
	return []any{v.GrantID, v.SessionID, v.SubjectID, ms(now)}
}

const listTodos = `SELECT ` + todoHead + `, d.wrapped
	FROM grants g JOIN todos t ON t.subject_id = g.subject_id JOIN data_keys d ON d.owner_id = t.case_row
	WHERE ` + liveGrant + ` AND t.opened_at >= ? AND t.opened_at <= ? AND (t.opened_at < ? OR t.id < ?) AND t.state <> 'superseded'
	ORDER BY t.opened_at DESC, t.id DESC LIMIT `

// ListTodos implements [todo.TodoStore].
func (s *Store) ListTodos(ctx context.Context, v todo.Viewer, since, now time.Time, p todo.Page) ([]todo.Todo, error) {
	at, id := before(p)
	rows := make([]todoRow, 0, p.Limit)
	err := s.read.SelectContext(ctx, &rows, listTodos+strconv.Itoa(p.Limit), append(grantArgs(v, now), ms(since), at, at, id)...)
	if err != nil {
		return nil, fmt.Errorf("listing todos: %w", err)
	}
	keys, signers := caseKeys{store: s}, new(lastDocument)
	todos := make([]todo.Todo, len(rows))
	for i, row := range rows {
		key, err := keys.unwrap(row.CaseRow, row.Wrapped)
		if err != nil {
			return nil, err
		}
		if todos[i], err = row.openBeside(key, signers); err != nil {
			return nil, err
		}
	}
	return todos, nil
}

// before returns the keyset position that a page goes on from.
func before(p todo.Page) (at int64, id string) {
	if p.Before == (todo.Cursor{}) {
		return math.MaxInt64, ""
	}
	return ms(p.Before.At), p.Before.ID
}

// caseKeys unwraps the data key of each case once in a call: one person has several roles in one case.
type caseKeys struct {
	store *Store
	known map[string]keyring.DataKey
}

func (k *caseKeys) unwrap(caseRow string, wrapped []byte) (keyring.DataKey, error) {
	if key, ok := k.known[caseRow]; ok {
		return key, nil
	}
	key, err := k.store.unwrap(caseRow, wrapped)
	if err != nil {
		return keyring.DataKey{}, err
	}
	if k.known == nil {
		k.known = make(map[string]keyring.DataKey)
	}
	k.known[caseRow] = key
	return key, nil
}

const getTodo = `SELECT ` + todoHead + `, ` + todoBody + `, COALESCE(s.served_at, 0) AS served_at, d.wrapped
	FROM grants g JOIN todos t ON t.subject_id = g.subject_id JOIN data_keys d ON d.owner_id = t.case_row
	LEFT JOIN servings s ON s.session_id = g.session_id AND s.todo_id = t.id AND s.revision = t.revision
		AND s.content_digest = t.content_digest
	WHERE ` + liveGrant + ` AND t.id = ?`

// Todo implements [todo.TodoStore].
func (s *Store) Todo(ctx context.Context, v todo.Viewer, id string, now time.Time) (todo.Todo, error) {
	var row todoRow
	err := s.read.GetContext(ctx, &row, getTodo, append(grantArgs(v, now), id)...)
	if noRow(err) {
		return todo.Todo{}, todo.ErrNotFound
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
	if !t.ServedAt.IsZero() {
		return nil
	}
	_, err := s.exec(ctx, "INSERT INTO servings (session_id, todo_id, revision, content_digest, served_at) VALUES (?, ?, ?, ?, ?)",
		v.SessionID, t.ID, t.Revision, t.ContentDigest, ms(now))
	if err != nil && !isDuplicate(err) {
		return fmt.Errorf("recording a serving: %w", err)
	}
	return nil
}
