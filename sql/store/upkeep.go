package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/keyring"
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

func handwritingAAD(confirmationID string) keyring.AssociatedData {
	return keyring.AssociatedData{Table: "handwritings", Column: "picture_cipher", Row: confirmationID}
}

// Unrendered implements [todo.UpkeepStore]. Those of erased cases are left out: there is nothing to draw any more.
func (s *Store) Unrendered(ctx context.Context, limit int) ([]todo.Confirmation, error) {
	var rows []confirmationRow
	err := s.read.SelectContext(ctx, &rows, `SELECT c.id, c.case_row, c.strokes_cipher, d.wrapped FROM handwritings h
		JOIN confirmations c ON c.id = h.confirmation_id JOIN data_keys d ON d.owner_id = c.case_row
		WHERE h.rendered_at = 0 ORDER BY h.confirmation_id LIMIT ?`, limit)
	if err != nil {
		return nil, fmt.Errorf("finding handwritings without a picture: %w", err)
	}
	var waiting []todo.Confirmation
	var problems []error
	for _, row := range rows {
		strokes, err := s.openStrokes(row)
		if err != nil {
			problems = append(problems, fmt.Errorf("opening the handwriting of %s: %w", row.ID, err))
			continue
		}
		waiting = append(waiting, todo.Confirmation{ID: row.ID, CaseRow: row.CaseRow, Strokes: strokes})
	}
	return waiting, errors.Join(problems...)
}

func (s *Store) openStrokes(row confirmationRow) ([]byte, error) {
	key, err := s.unwrap(row.CaseRow, row.Wrapped)
	if err != nil {
		return nil, err
	}
	return key.Open(confirmationAAD("strokes_cipher", row.ID), row.Strokes)
}

// PutHandwritings implements [todo.UpkeepStore]. One transaction for many leaves the writer to those who answer.
func (s *Store) PutHandwritings(ctx context.Context, pictures []todo.Handwriting) error {
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		keys, err := s.keysOfCases(ctx, tx, pictures)
		if err != nil {
			return err
		}
		for _, p := range pictures {
			key, err := s.unwrap(p.CaseRow, keys[p.CaseRow])
			if errors.Is(err, errErased) {
				continue
			}
			if err != nil {
				return err
			}
			if err = s.putHandwriting(ctx, tx, key, p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("storing handwritings: %w", err)
	}
	return nil
}

// keysOfCases returns the wrapped keys of the cases that still have one.
func (s *Store) keysOfCases(ctx context.Context, tx *sqlx.Tx, pictures []todo.Handwriting) (map[string][]byte, error) {
	cases := make([]string, len(pictures))
	for i, p := range pictures {
		cases[i] = p.CaseRow
	}
	query, args, err := in("SELECT owner_id, wrapped FROM data_keys WHERE owner_id IN (?)", cases)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		CaseRow string `db:"owner_id"`
		Wrapped []byte `db:"wrapped"`
	}
	if err = tx.SelectContext(ctx, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("reading data keys: %w", err)
	}
	keys := make(map[string][]byte, len(rows))
	for _, row := range rows {
		keys[row.CaseRow] = row.Wrapped
	}
	return keys, nil
}

func (s *Store) putHandwriting(ctx context.Context, tx *sqlx.Tx, key keyring.DataKey, p todo.Handwriting) error {
	sealed, err := key.Seal(handwritingAAD(p.ConfirmationID), p.PNG)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE handwritings SET picture_cipher = ?, rendered_at = ? WHERE confirmation_id = ? AND rendered_at = 0",
		sealed, ms(s.clock()), p.ConfirmationID)
	return err
}
