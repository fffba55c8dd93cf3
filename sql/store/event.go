package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jmoiron/sqlx"

	"renzheng/todo"
)

// eventRow is a row of events with the receipt of its answer.
type eventRow struct {
	ID             string         `db:"id"`
	Type           string         `db:"type"`
	RegistryID     string         `db:"registry_id"`
	CaseRow        string         `db:"case_row"`
	CaseID         string         `db:"case_id"`
	SignerID       string         `db:"signer_id"`
	TodoID         string         `db:"todo_id"`
	Revision       int64          `db:"revision"`
	ConfirmationID string         `db:"confirmation_id"`
	CreatedAt      int64          `db:"created_at"`
	Position       sql.NullInt64  `db:"position"`
	Attempts       int            `db:"attempts"`
	Receipt        sql.NullString `db:"receipt"`
}

const selectEvents = `SELECT e.id, e.type, e.registry_id, e.case_row, e.case_id, e.signer_id, e.todo_id, e.revision,
	e.confirmation_id, e.created_at, e.position, e.attempts, c.receipt
	FROM events e LEFT JOIN confirmations c ON c.id = e.confirmation_id`

func (r eventRow) event() todo.Event {
	return todo.Event{
		ID: r.ID, Type: todo.EventType(r.Type), RegistryID: r.RegistryID, CaseRow: r.CaseRow, CaseID: r.CaseID,
		SignerID: r.SignerID, TodoID: r.TodoID, Revision: r.Revision, ConfirmationID: r.ConfirmationID,
		Receipt: r.Receipt.String, CreatedAt: fromMs(r.CreatedAt), Position: r.Position.Int64,
	}
}

// execer runs a statement, in a transaction or as one.
type execer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// insertEvents inserts events in the transaction of their cause. They are delivered as soon as they have positions.
func insertEvents(ctx context.Context, x execer, events ...todo.Event) error {
	rows := make([][]any, len(events))
	for i, e := range events {
		rows[i] = []any{
			e.ID, string(e.Type), e.RegistryID, e.CaseRow, e.CaseID, e.SignerID, e.TodoID, e.Revision, e.ConfirmationID,
			ms(e.CreatedAt), string(todo.DeliveryPending), ms(e.CreatedAt),
		}
	}
	err := insertRows(ctx, x, `INSERT INTO events (id, type, registry_id, case_row, case_id, signer_id, todo_id, revision,
		confirmation_id, created_at, delivery_state, next_at)`, rows)
	if err != nil {
		return fmt.Errorf("inserting events: %w", err)
	}
	return nil
}

// InsertEvent implements [todo.TodoStore]. It looks before it writes: a list that is looked at often must not queue
// for the writer each time.
func (s *Store) InsertEvent(ctx context.Context, e todo.Event) error {
	var known int
	err := s.read.GetContext(ctx, &known, "SELECT COUNT(*) FROM events WHERE todo_id = ? AND type = ?", e.TodoID, string(e.Type))
	if err != nil {
		return fmt.Errorf("looking for an event: %w", err)
	}
	if known > 0 {
		return nil
	}
	err = s.tx(ctx, func(tx *sqlx.Tx) error { return insertEvents(ctx, tx, e) })
	if isDuplicate(err) {
		return nil
	}
	return err
}

// Feed implements [todo.EventStore].
func (s *Store) Feed(ctx context.Context, registryID string, after int64, limit int) ([]todo.Event, error) {
	var rows []eventRow
	err := s.read.SelectContext(ctx, &rows, selectEvents+` WHERE e.registry_id = ? AND e.position > ? ORDER BY e.position LIMIT ?`,
		registryID, after, limit)
	if err != nil {
		return nil, fmt.Errorf("reading a feed: %w", err)
	}
	events := make([]todo.Event, len(rows))
	for i, row := range rows {
		events[i] = row.event()
	}
	return events, nil
}
