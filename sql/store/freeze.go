package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/rights"
	"renzheng/todo"
	"renzheng/verification"
)

var _ rights.FreezeStore = (*Store)(nil)

const (
	// markFrozen is the one update that decides. What gives authority to a person changes the same row under the condition
	// of notFrozen, so that one of the two waits for the other.
	markFrozen = `UPDATE subjects SET freeze_id = ?, seen_at = ? WHERE id = ? AND freeze_id = ''
		AND EXISTS (SELECT 1 FROM grants g WHERE ` + liveGrant + `)`
	markLifted   = "UPDATE subjects SET freeze_id = '', seen_at = ? WHERE id = ? AND freeze_id = ?"
	inForce      = "SELECT 1 FROM freezes f WHERE f.subject_id = subjects.id AND f.lifted_at = 0"
	notFrozen    = " AND freeze_id = '' AND NOT EXISTS (" + inForce + ")"
	holdUnfrozen = "UPDATE subjects SET seen_at = ? WHERE id = ?" + notFrozen
	holdUnbarred = holdUnfrozen + notBarred
	insertFreeze = `INSERT INTO freezes (id, subject_id, account_id, placed_at, lifted_at, verification_id, tag) VALUES (?, ?, ?, ?, ?, ?, ?)`
	liftFreeze   = "UPDATE freezes SET lifted_at = ?, verification_id = ?, tag = ? WHERE id = ? AND lifted_at = 0 AND tag = ?"
)

// Freeze implements [rights.FreezeStore].
func (s *Store) Freeze(ctx context.Context, v rights.Viewer, now time.Time) (rights.Freeze, error) {
	row := freezeRow{SubjectID: v.SubjectID, AccountID: v.AccountID, PlacedAt: ms(now)}
	err := s.tx(ctx, func(tx *sqlx.Tx) (err error) {
		if row.ID, err = s.newID("frz_"); err != nil {
			return err
		}
		mark := append([]any{row.ID, ms(now), v.SubjectID}, viewerArgs(v, now)...)
		if err = exactlyOne(tx.ExecContext(ctx, markFrozen, mark...)); err != nil {
			return err
		}
		row.Tag = s.tag(row)
		_, err = tx.ExecContext(ctx, insertFreeze, row.ID, row.SubjectID, row.AccountID, row.PlacedAt, row.LiftedAt, row.VerificationID, row.Tag)
		if err != nil {
			return err
		}
		if err = s.endAll(ctx, tx, bySubject, v.SubjectID, now); err != nil {
			return err
		}
		return s.announceFreeze(ctx, tx, todo.EventFrozen, v.SubjectID, now)
	})
	if errors.Is(err, errNotOne) {
		return rights.Freeze{}, rights.ErrNoAccess
	}
	if err != nil {
		return rights.Freeze{}, fmt.Errorf("storing a freeze: %w", err)
	}
	return row.freeze(), nil
}

// holdUnfrozenSubject returns verification.ErrFrozen if the number of a subject is frozen. Otherwise a freeze that is placed
// at the same time waits for the transaction.
func holdUnfrozenSubject(ctx context.Context, tx *sqlx.Tx, id string, now time.Time) error {
	n, err := rowsMatched(tx.ExecContext(ctx, holdUnfrozen, ms(now), id))
	if err != nil || n == 1 {
		return err
	}
	var frozen bool
	if err = tx.GetContext(ctx, &frozen, "SELECT freeze_id <> '' OR EXISTS ("+inForce+") FROM subjects WHERE id = ?", id); noRow(err) {
		return nil // erased meanwhile, with its verification
	}
	if err == nil && frozen {
		err = verification.ErrFrozen
	}
	return err
}

// holdPassing is holdUnfrozenSubject for somebody who passes a check, and returns verification.ErrBarred for one who is barred too.
func holdPassing(ctx context.Context, tx *sqlx.Tx, id string, now time.Time) error {
	n, err := rowsMatched(tx.ExecContext(ctx, holdUnbarred, ms(now), id, ms(now)))
	if err != nil || n == 1 {
		return err
	}
	if err = holdUnfrozenSubject(ctx, tx, id, now); err != nil {
		return err
	}
	var barred bool
	err = tx.GetContext(ctx, &barred, "SELECT EXISTS ("+barInForce+"? AND b.until > ?)", id, ms(now))
	if err == nil && barred {
		err = verification.ErrBarred
	}
	return err
}

// PlacedFreezes implements [rights.FreezeStore].
func (s *Store) PlacedFreezes(ctx context.Context, accountID string) ([]rights.Freeze, error) {
	var rows []freezeRow
	err := s.read.SelectContext(ctx, &rows, "SELECT "+freezeColumns+" FROM freezes f WHERE f.account_id = ? AND f.lifted_at = 0 ORDER BY f.placed_at, f.id", accountID)
	if err != nil {
		return nil, fmt.Errorf("listing freezes: %w", err)
	}
	return s.openFreezes(ctx, rows)
}

const frozenTodos = `SELECT t.id, t.registry_id, t.case_row, t.case_id, t.signer_id, t.revision FROM todos t
	WHERE t.subject_id = ? AND t.state = 'open' AND t.expires_at > ?
	AND NOT EXISTS (SELECT 1 FROM events e WHERE e.todo_id = t.id AND e.type = ?)`

// announceFreeze writes an event for each open todo of a subject, once for each todo.
func (s *Store) announceFreeze(ctx context.Context, tx *sqlx.Tx, kind todo.EventType, subjectID string, now time.Time) error {
	var rows []todoState
	if err := tx.SelectContext(ctx, &rows, frozenTodos, subjectID, ms(now), string(kind)); err != nil {
		return fmt.Errorf("listing the open todos of a subject: %w", err)
	}
	todos := make([]todo.Todo, len(rows))
	for i, r := range rows {
		todos[i] = todo.Todo{ID: r.ID, RegistryID: r.RegistryID, CaseRow: r.CaseRow, CaseID: r.CaseID, SignerID: r.SignerID, Revision: r.Revision}
	}
	return s.announceTodos(ctx, tx, kind, todos, now)
}

// announceTodos writes an event for each todo.
func (s *Store) announceTodos(ctx context.Context, tx *sqlx.Tx, kind todo.EventType, todos []todo.Todo, now time.Time) error {
	events := make([]todo.Event, len(todos))
	for i, t := range todos {
		id, err := s.newID("evt_")
		if err != nil {
			return err
		}
		events[i] = todo.Event{
			ID: id, Type: kind, RegistryID: t.RegistryID, CaseRow: t.CaseRow, CaseID: t.CaseID, SignerID: t.SignerID,
			TodoID: t.ID, Revision: t.Revision, CreatedAt: now,
		}
	}
	return insertEvents(ctx, tx, events...)
}
