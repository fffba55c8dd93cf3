package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/appointment"
	"renzheng/identity"
	"renzheng/staff"
	"renzheng/window"
)

// CallsAt implements [appointment.QueueStore].
func (s *Store) CallsAt(ctx context.Context, office string, now time.Time, limit int) ([]appointment.Number, error) {
	var rows []numberRow
	err := s.read.SelectContext(ctx, &rows, selectNumber+"WHERE q.office = ? AND q.day = ? AND q.state = 'called' ORDER BY q.called_at DESC, q.id LIMIT ?",
		office, identity.DateAt(now).String(), limit)
	if err != nil {
		return nil, fmt.Errorf("listing the calls of an office: %w", err)
	}
	return numbersIn(rows), nil
}

// NumberOfVisit implements [appointment.QueueStore].
func (s *Store) NumberOfVisit(ctx context.Context, office, visitID string) (appointment.Number, error) {
	var row numberRow
	err := s.read.GetContext(ctx, &row, selectNumber+"WHERE q.visit_id = ? AND q.office = ?", visitID, office)
	if noRow(err) {
		err = appointment.ErrNotFound
	}
	return row.queueNumber(), queueError("reading the number of a visit", err)
}

// serveNumber links a number that the member has called to a visit. If the call has ended meanwhile, it changes nothing, and the visit has no
// number.
func serveNumber(ctx context.Context, tx *sqlx.Tx, m staff.Member, numberID, visitID string) error {
	if numberID == "" {
		return nil
	}
	_, err := tx.ExecContext(ctx, "UPDATE queue_numbers SET visit_id = ? WHERE id = ? AND office = ? AND state = 'called' AND called_by = ?", visitID, numberID, m.Office, m.ID)
	if err != nil {
		return fmt.Errorf("linking a number to its visit: %w", err)
	}
	return nil
}

// endNumberOf ends the call of the number of a visit that ends. After a visit that was begun by mistake, the call goes on, for the next visit.
func endNumberOf(ctx context.Context, tx *sqlx.Tx, v visitState) error {
	if v.Outcome != window.OutcomeDone && v.Outcome != window.OutcomeLeft {
		return nil
	}
	_, err := tx.ExecContext(ctx, "UPDATE queue_numbers SET state = 'served', open_slot = id, ended_at = ? WHERE visit_id = ? AND office = ? AND state = 'called'",
		v.EndedAt, v.ID, v.Office)
	if err != nil {
		return fmt.Errorf("ending the number of a visit: %w", err)
	}
	return nil
}
