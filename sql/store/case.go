package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"

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

func pushSaltPlace(id string) keyring.Place {
	return keyring.Place{Table: "cases", Column: "push_salt_cipher", Row: id}
}

// Case implements [todo.CaseStore].
func (s *Store) Case(ctx context.Context, registryID, caseID string) (todo.Case, error) {
	return s.readCase(ctx, s.read, registryID, caseID)
}

func (s *Store) readCase(ctx context.Context, q querier, registryID, caseID string) (todo.Case, error) {
	var row caseRow
	err := q.GetContext(ctx, &row, `SELECT c.*, d.wrapped FROM cases c JOIN data_keys d ON d.owner_id = c.id
		WHERE c.registry_id = ? AND c.case_id = ?`, registryID, caseID)
	if noRow(err) {
		return todo.Case{}, todo.ErrNotFound
	}
	if err != nil {
		return todo.Case{}, fmt.Errorf("reading a case: %w", err)
	}
	key, err := s.unwrap(row.ID, row.Wrapped)
	if err != nil {
		return todo.Case{}, err
	}
	c := todo.Case{
		ID: row.ID, RegistryID: row.RegistryID, CaseID: row.CaseID, Revision: row.Revision, State: todo.CaseState(row.State),
		PushDigest: row.PushDigest, ReceivedAt: fromMs(row.ReceivedAt),
	}
	if err = openJSON(key, pushSaltPlace(row.ID), row.PushSalt, &c.PushSalt); err != nil {
		return todo.Case{}, err
	}
	c.Todos, err = newestTodos(ctx, q, row.ID, key)
	return c, err
}

// newestTodos gives the newest todo of each signer, by signer id.
func newestTodos(ctx context.Context, q querier, caseRow string, key keyring.DataKey) ([]todo.Todo, error) {
	var rows []todoRow
	err := q.SelectContext(ctx, &rows, `SELECT `+todoHead+`, `+todoBody+` FROM todos t WHERE t.case_row = ? AND NOT EXISTS (
		SELECT 1 FROM todos n WHERE n.case_row = t.case_row AND n.signer_id = t.signer_id AND n.revision > t.revision)
		ORDER BY t.signer_id`, caseRow)
	if err != nil {
		return nil, fmt.Errorf("reading the todos of a case: %w", err)
	}
	todos := make([]todo.Todo, len(rows))
	for i, row := range rows {
		if todos[i], err = row.open(key); err != nil {
			return nil, err
		}
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
		if err = endTodos(ctx, tx, p); err != nil {
			return err
		}
		for _, t := range p.Open {
			if err = s.openTodo(ctx, tx, key, t); err != nil {
				return err
			}
		}
		if err = queueAlerts(ctx, tx, p); err != nil {
			return err
		}
		for _, e := range p.Events {
			if err = insertEvent(ctx, tx, e); err != nil {
				return err
			}
		}
		applied, err = s.readCase(ctx, tx, p.Case.RegistryID, p.Case.CaseID)
		return err
	})
	if err != nil {
		return todo.Case{}, err
	}
	return applied, nil
}

// putCase inserts the case, or moves it on from the revision that the plan was decided on, and gives its data key.
func (s *Store) putCase(ctx context.Context, tx *sqlx.Tx, p todo.CasePlan) (keyring.DataKey, error) {
	c := p.Case
	if p.OldRevision == 0 {
		return s.insertCase(ctx, tx, c)
	}
	key, err := s.ownerKey(ctx, tx, c.ID)
	if err != nil {
		return keyring.DataKey{}, err
	}
	salt, err := sealJSON(key, pushSaltPlace(c.ID), c.PushSalt)
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
	salt, err := sealJSON(key, pushSaltPlace(c.ID), c.PushSalt)
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

// endTodos ends what the plan ends, in the order of ids so that two plans do not wait for each other.
func endTodos(ctx context.Context, tx *sqlx.Tx, p todo.CasePlan) error {
	type ending struct {
		id    string
		state todo.State
	}
	var endings []ending
	for _, t := range p.Supersede {
		endings = append(endings, ending{t.ID, todo.Superseded})
	}
	for _, t := range p.End {
		endings = append(endings, ending{t.ID, todo.Withdrawn})
	}
	slices.SortFunc(endings, func(a, b ending) int { return strings.Compare(a.id, b.id) })
	for _, e := range endings {
		err := exactlyOne(tx.ExecContext(ctx, "UPDATE todos SET state = ? WHERE id = ? AND case_row = ? AND state = 'open'",
			string(e.state), e.id, p.Case.ID))
		if err != nil {
			return conflicting(err, "ending a todo")
		}
	}
	return nil
}

func (s *Store) openTodo(ctx context.Context, tx *sqlx.Tx, key keyring.DataKey, t todo.Todo) error {
	person, err := s.findOrCreateSubject(ctx, tx, t.Signer, t.OpenedAt)
	if err != nil {
		return err
	}
	t.SubjectID = person.ID
	row, err := sealTodo(key, t)
	if err != nil {
		return err
	}
	if _, err = tx.NamedExecContext(ctx, insertTodo, row); err != nil {
		return fmt.Errorf("opening a todo: %w", err)
	}
	return nil
}

// conflicting gives the rule's word for a guard that did not match, and wraps other errors with the act.
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
		err := exactlyOne(tx.ExecContext(ctx, `UPDATE todos SET state = 'done_at_window', answered_at = ?
			WHERE id = ? AND case_row = ? AND registry_id = ? AND revision = ? AND content_digest = ? AND state IN ('open', 'expired')`,
			ms(c.AnsweredAt), c.TodoID, c.CaseRow, c.RegistryID, c.Revision, c.ContentDigest))
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
