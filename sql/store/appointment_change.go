package store

import (
	"context"
	"errors"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/appointment"
)

// Rebook implements [appointment.Store].
func (s *Store) Rebook(ctx context.Context, accountID, id string, to appointment.Slot, t appointment.Terms) (appointment.Appointment, error) {
	var row appointmentRow
	err := s.tx(ctx, func(tx *sqlx.Tx) (err error) {
		if row, err = readAppointment(ctx, tx, accountID, id); err != nil {
			return err
		}
		old := row.slot()
		if old.StartsAt.Equal(to.StartsAt) && row.State == string(appointment.Booked) {
			return nil // repeated
		}
		if err = bookingLimit(ctx, tx, "bookings|"+accountID, t.Limits.PerDay, t.Now); err != nil {
			return err
		}
		err = exactlyOne(tx.ExecContext(ctx, `UPDATE appointments SET day = ?, starts_at = ?, ends_at = ?, changed_at = ?
			WHERE id = ? AND account_id = ? AND state = 'booked' AND starts_at = ? AND starts_at > ?`,
			to.Day.String(), ms(to.StartsAt), ms(to.EndsAt), ms(t.Now), id, accountID, row.StartsAt, ms(t.Now)))
		if errors.Is(err, errNotOne) {
			return appointment.ErrState
		}
		row.Day, row.StartsAt, row.EndsAt = to.Day.String(), ms(to.StartsAt), ms(to.EndsAt)
		if err == nil {
			err = inTimeOrder(old, to, func() error { return freePlace(ctx, tx, row.Office, old) }, func() error { return takePlace(ctx, tx, row.Office, to, t.Places) })
		}
		return err
	})
	return row.appointment(), appointmentError("changing an appointment", err)
}

// inTimeOrder frees a place of one slot and takes one of another. It changes the earlier slot first, so that two changes cannot wait for
// one another.
func inTimeOrder(from, to appointment.Slot, free, take func() error) error {
	steps := []func() error{free, take}
	if to.StartsAt.Before(from.StartsAt) {
		steps = []func() error{take, free}
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// Cancel implements [appointment.Store].
func (s *Store) Cancel(ctx context.Context, accountID, id string, now time.Time) (appointment.Appointment, error) {
	var row appointmentRow
	err := s.tx(ctx, func(tx *sqlx.Tx) (err error) {
		if row, err = readAppointment(ctx, tx, accountID, id); err != nil {
			return err
		}
		err = exactlyOne(tx.ExecContext(ctx, `UPDATE appointments SET state = 'cancelled', open_slot = id, changed_at = ?
			WHERE id = ? AND account_id = ? AND state = 'booked' AND starts_at = ? AND starts_at > ?`, ms(now), id, accountID, row.StartsAt, ms(now)))
		if errors.Is(err, errNotOne) {
			return appointment.ErrState
		}
		row.State = string(appointment.Cancelled)
		if err == nil {
			err = freePlace(ctx, tx, row.Office, row.slot())
		}
		return err
	})
	return row.appointment(), appointmentError("cancelling an appointment", err)
}
