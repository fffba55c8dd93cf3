package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jmoiron/sqlx"

	"renzheng/identity"
	"renzheng/keyring"
	"renzheng/todo"
)

var _ todo.CaseStore = (*Store)(nil)

// caseRow is a row of cases with its wrapped data key.
type caseRow struct {
	ID         string `db:"id"`
	RegistryID string `db:"registry_id"`
	CaseID     string `db:"case_id"`
	Revision   int64  `db:"revision"`
	State      string `db:"state"`
	PushDigest string `db:"push_digest"`
	PushSalt   []byte `db:"push_salt_cipher"`
	ReceivedAt int64  `db:"received_at"`
	Wrapped    []byte `db:"wrapped"`
}

func pushSaltAAD(id string) keyring.AssociatedData {
	return keyring.AssociatedData{Table: "cases", Column: "push_salt_cipher", Row: id}
}

// Case implements [todo.CaseStore].
func (s *Store) Case(ctx context.Context, registryID, caseID string) (todo.Case, error) {
	return s.readCase(ctx, s.read, registryID, caseID, todoHead+", "+todoBody)
}

// CaseOutline implements [todo.CaseStore].
func (s *Store) CaseOutline(ctx context.Context, registryID, caseID string) (todo.Case, error) {
	return s.readCase(ctx, s.read, registryID, caseID, todoHead)
}

// readCase reads a case with these columns of its todos.
func (s *Store) readCase(ctx context.Context, q querier, registryID, caseID, columns string) (todo.Case, error) {
	var row caseRow
	err := q.GetContext(ctx, &row, `SELECT c.id, c.registry_id, c.case_id, c.revision, c.state, c.push_digest, c.push_salt_cipher,
		c.received_at, d.wrapped FROM cases c LEFT JOIN data_keys d ON d.owner_id = c.id
		WHERE c.registry_id = ? AND c.case_id = ?`, registryID, caseID)
	if noRow(err) {
		return todo.Case{}, todo.ErrNotFound
	}
	if err != nil {
		return todo.Case{}, fmt.Errorf("reading a case: %w", err)
	}
	c := todo.Case{
		ID: row.ID, RegistryID: row.RegistryID, CaseID: row.CaseID, Revision: row.Revision, State: todo.CaseState(row.State),
		PushDigest: row.PushDigest, ReceivedAt: fromMs(row.ReceivedAt),
	}
	if c.State == todo.CaseErased {
		return c, nil
	}
	key, err := s.unwrap(row.ID, row.Wrapped)
	if err != nil {
		return todo.Case{}, err
	}
	if err = openJSON(key, pushSaltAAD(row.ID), row.PushSalt, &c.PushSalt); err != nil {
		return todo.Case{}, err
	}
	c.Todos, err = s.newestTodos(ctx, q, row.ID, key, columns)
	return c, err
}

// newestTodos returns the newest todo of each signer, by signer id.
func (s *Store) newestTodos(ctx context.Context, q querier, caseRow string, key keyring.DataKey, columns string) ([]todo.Todo, error) {
	var rows []todoRow
	err := q.SelectContext(ctx, &rows, `SELECT `+columns+`, EXISTS (SELECT 1 FROM freezes f WHERE f.subject_id = t.subject_id AND f.lifted_at = 0) AS frozen
		FROM todos t WHERE t.case_row = ? AND NOT EXISTS (
		SELECT 1 FROM todos n WHERE n.case_row = t.case_row AND n.signer_id = t.signer_id AND n.revision > t.revision)
		ORDER BY t.signer_id`, caseRow)
	if err != nil {
		return nil, fmt.Errorf("reading the todos of a case: %w", err)
	}
	todos := make([]todo.Todo, len(rows))
	for i, row := range rows {
		if err = s.verify(ctx, q, row); err != nil {
			return nil, err
		}
		if todos[i], err = row.open(key); err != nil {
			return nil, err
		}
		todos[i].SignerFrozen = row.Frozen
	}
	return todos, nil
}

// ApplyCase implements [todo.CaseStore].
func (s *Store) ApplyCase(ctx context.Context, p todo.CasePlan) (todo.Case, error) {
	var applied todo.Case
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		key, err := s.putCase(ctx, tx, p)
		if err != nil {
			return err
		}
		if err = s.endTodos(ctx, tx, p); err != nil {
			return err
		}
		if err = s.openTodos(ctx, tx, key, p); err != nil {
			return err
		}
		if err = queueNotifications(ctx, tx, p); err != nil {
			return err
		}
		if err = insertEvents(ctx, tx, p.Events...); err != nil {
			return err
		}
		applied, err = s.readCase(ctx, tx, p.Case.RegistryID, p.Case.CaseID, todoHead)
		return err
	})
	if err != nil {
		return todo.Case{}, err
	}
	return applied, nil
}

// putCase inserts the case, or moves it on from the revision that the plan was decided on, and returns its data key.
func (s *Store) putCase(ctx context.Context, tx *sqlx.Tx, p todo.CasePlan) (keyring.DataKey, error) {
	c := p.Case
	if p.OldRevision == 0 {
		return s.insertCase(ctx, tx, c)
	}
	key, err := s.ownerKey(ctx, tx, c.ID)
	if err != nil {
		return keyring.DataKey{}, err
	}
	salt, err := sealJSON(key, pushSaltAAD(c.ID), c.PushSalt)
	if err != nil {
		return keyring.DataKey{}, err
	}
	err = exactlyOne(tx.ExecContext(ctx, `UPDATE cases SET revision = ?, state = ?, push_digest = ?, push_salt_cipher = ?, received_at = ?
		WHERE id = ? AND registry_id = ? AND revision = ? AND state = 'open'`,
		c.Revision, string(c.State), c.PushDigest, salt, ms(c.ReceivedAt), c.ID, c.RegistryID, p.OldRevision))
	return key, conflicting(err, "moving a case on")
}

func (s *Store) insertCase(ctx context.Context, tx *sqlx.Tx, c todo.Case) (keyring.DataKey, error) {
	key, err := s.newOwnerKey(ctx, tx, c.ID)
	if err != nil {
		return keyring.DataKey{}, err
	}
	salt, err := sealJSON(key, pushSaltAAD(c.ID), c.PushSalt)
	if err != nil {
		return keyring.DataKey{}, err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO cases (id, registry_id, case_id, revision, state, push_digest, push_salt_cipher, received_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, c.ID, c.RegistryID, c.CaseID, c.Revision, string(c.State), c.PushDigest, salt, ms(c.ReceivedAt))
	if isDuplicate(err) {
		err = todo.ErrConflict
	}
	return key, conflicting(err, "inserting a case")
}

// endTodos ends the todos that the plan ends. ErrConflict if one of them is no longer open.
func (s *Store) endTodos(ctx context.Context, tx *sqlx.Tx, p todo.CasePlan) error {
	for _, part := range []struct {
		state todo.State
		todos []todo.Todo
	}{{todo.Superseded, p.Supersede}, {todo.Withdrawn, p.End}} {
		for batch := range slices.Chunk(part.todos, batchRows) {
			if err := s.endBatch(ctx, tx, p.Case.ID, part.state, batch); err != nil {
				return conflicting(err, "ending todos")
			}
		}
	}
	return nil
}

// endBatch ends todos of one case with one statement. errNotOne if one of them is not as it was read.
func (s *Store) endBatch(ctx context.Context, tx *sqlx.Tx, caseRow string, state todo.State, todos []todo.Todo) error {
	rows := make([]todoState, len(todos))
	for i, t := range todos {
		var err error
		if rows[i], err = readTodo(t.Stamp); err != nil {
			return err
		}
	}
	tags := s.retag(rows, func(t todoState) todoState { return t.ended(state, t.AnsweredAt) })
	query, args, err := in("UPDATE todos SET state = ?, tag = CASE id"+tags.each+" END WHERE case_row = ? AND state = 'open' AND tag = CASE id"+tags.each+
		" END AND id IN (?)", slices.Concat([]any{string(state)}, tags.next, []any{caseRow}, tags.old, []any{tags.ids})...)
	if err != nil {
		return err
	}
	return exactly(len(rows))(tx.ExecContext(ctx, query, args...))
}

// openTodos inserts the todos that the plan opens, under the case's key.
func (s *Store) openTodos(ctx context.Context, tx *sqlx.Tx, key keyring.DataKey, p todo.CasePlan) error {
	if len(p.Open) == 0 {
		return nil
	}
	signers := make([]identity.Document, len(p.Open))
	for i, t := range p.Open {
		signers[i] = t.Signer
	}
	persons, err := s.findOrCreateSubjects(ctx, tx, signers, p.Now)
	if err != nil {
		return err
	}
	rows := make([][]any, len(p.Open))
	var frozen []todo.Todo
	for i, t := range p.Open {
		t.SubjectID = persons[i].ID
		if persons[i].Frozen {
			frozen = append(frozen, t)
		}
		row, failed := s.sealTodo(key, t)
		if failed != nil {
			return failed
		}
		rows[i] = row.values()
	}
	if err = insertRows(ctx, tx, insertTodos, rows); err != nil {
		return fmt.Errorf("opening todos: %w", err)
	}
	return s.announceTodos(ctx, tx, todo.EventFrozen, frozen, p.Now)
}

// conflicting returns the rule's word for a guard that did not match, and wraps other errors with the act.
func conflicting(err error, act string) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errNotOne):
		return todo.ErrConflict
	}
	return fmt.Errorf("%s: %w", act, err)
}

// CloseSigner implements [todo.CaseStore].
func (s *Store) CloseSigner(ctx context.Context, c todo.Confirmation) error {
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		var old todoState
		err := tx.GetContext(ctx, &old, "SELECT "+todoColumns+" FROM todos t WHERE t.id = ? AND t.registry_id = ?", c.TodoID, c.RegistryID)
		if noRow(err) {
			err = errNotOne
		}
		if err == nil {
			err = s.verify(ctx, tx, old)
		}
		if err != nil {
			return conflicting(err, "reading a signer")
		}
		err = missed(ctx, tx, old, exactlyOne(tx.ExecContext(ctx, `UPDATE todos SET state = 'done_at_window', answered_at = ?, tag = ?
			WHERE id = ? AND case_row = ? AND registry_id = ? AND revision = ? AND content_digest = ? AND state IN ('open', 'expired') AND tag = ?`,
			ms(c.AnsweredAt), s.tagAfter(old, old.ended(todo.DoneAtWindow, ms(c.AnsweredAt))),
			c.TodoID, c.CaseRow, c.RegistryID, c.Revision, c.ContentDigest, old.Tag)))
		if err != nil {
			return conflicting(err, "closing a signer")
		}
		key, err := s.ownerKey(ctx, tx, c.CaseRow)
		if err != nil {
			return err
		}
		return putConfirmation(ctx, tx, key, c)
	})
}

// Standing implements [todo.CaseStore].
func (s *Store) Standing(ctx context.Context, t todo.Todo) (todo.Confirmation, error) {
	const query = `SELECT ` + confirmationHead + `, ` + confirmationBody + `, t.headline_cipher, d.wrapped FROM` + confirmationsOf + `
		WHERE c.todo_id = ? AND c.registry_id = ?`
	return s.getConfirmation(ctx, s.read, query, t.ID, t.RegistryID)
}
