package store

import (
	"context"
	"errors"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/appointment"
)

// EndNumber implements [appointment.QueueStore].
func (s *Store) EndNumber(ctx context.Context, e appointment.Ending) (appointment.Number, error) {
	var row numberRow
	err := s.tx(ctx, func(tx *sqlx.Tx) (err error) {
		if row, err = readNumber(ctx, tx, e.Office, e.NumberID); err != nil {
			return err
		}
		if row.CallID != e.CallID {
			return appointment.ErrState // it was called again since
		}
		early := e.To == appointment.Absent && row.SlotAt > ms(e.Now)
		to := e.To
		if early {
			to = appointment.Waiting
		}
		if row.State == string(to) {
			return nil // repeated
		}
		if row, err = endCall(ctx, tx, row, to, e.Now); err == nil && to == appointment.Absent && e.Missed {
			_, err = tx.ExecContext(ctx, "UPDATE appointments SET state = 'missed', changed_at = ? WHERE id = ? AND state = 'arrived'", ms(e.Now), row.AppointmentID)
		}
		return err
	})
	return row.queueNumber(), queueError("ending a number", err)
}

// endCall ends the call of a called number, which then waits again or has ended. Errors: appointment.ErrState.
func endCall(ctx context.Context, tx *sqlx.Tx, row numberRow, to appointment.QueueState, now time.Time) (numberRow, error) {
	ended := row
	ended.State, ended.OpenSlot, ended.EndedAt = string(to), row.ID, ms(now)
	if to == appointment.Waiting {
		ended.OpenSlot, ended.EndedAt = row.OpenSlot, 0
		ended.Desk, ended.CalledBy, ended.CalledAt = "", "", 0
	}
	err := exactlyOne(tx.ExecContext(ctx, `UPDATE queue_numbers SET state = ?, open_slot = ?, desk = ?, called_by = ?, called_at = ?, ended_at = ?
		WHERE id = ? AND office = ? AND state = 'called' AND call_id = ?`,
		ended.State, ended.OpenSlot, ended.Desk, ended.CalledBy, ended.CalledAt, ended.EndedAt, row.ID, row.Office, row.CallID))
	if errors.Is(err, errNotOne) {
		return row, appointment.ErrState
	}
	return ended, err
}
