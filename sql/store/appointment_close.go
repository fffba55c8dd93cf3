package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/appointment"
)

// closeOpen closes the appointment of an account that is booked, if it was missed or the office has withdrawn it. Errors: appointment.ErrOpen.
func closeOpen(ctx context.Context, tx *sqlx.Tx, accountID string, t appointment.Terms) error {
	row, err := openAppointment(ctx, tx, accountID)
	if noRow(err) {
		return nil
	}
	if err != nil {
		return err
	}
	to := t.Current(row.appointment()).State
	if to == appointment.Booked {
		return appointment.ErrOpen
	}
	return lost(closeBooked(ctx, tx, row.appointment(), to, t.Now))
}

// openAppointment returns the appointment of an account that is booked. The column open_slot is the key by which there is at most one: it is
// the account's id while the appointment is booked, and its own afterwards. It names no time slot.
func openAppointment(ctx context.Context, tx *sqlx.Tx, accountID string) (row appointmentRow, err error) {
	err = tx.GetContext(ctx, &row, selectAppointment+"WHERE x.open_slot = ? AND x.account_id = ?", accountID, accountID)
	return row, err
}

// closeBooked makes a booked appointment missed or withdrawn. A withdrawn one frees its place, which the office may offer again. It returns
// errNotOne if the appointment was moved or closed meanwhile.
func closeBooked(ctx context.Context, tx *sqlx.Tx, a appointment.Appointment, to appointment.State, now time.Time) error {
	err := exactlyOne(tx.ExecContext(ctx, "UPDATE appointments SET state = ?, open_slot = id, changed_at = ? WHERE id = ? AND state = 'booked' AND starts_at = ?",
		string(to), ms(now), a.ID, ms(a.StartsAt)))
	if err == nil && to == appointment.Withdrawn {
		err = freePlace(ctx, tx, a.Office, slotOf(a))
	}
	return err
}

// CloseAppointment implements [appointment.Store].
func (s *Store) CloseAppointment(ctx context.Context, a appointment.Appointment, to appointment.State, now time.Time) (bool, error) {
	err := s.tx(ctx, func(tx *sqlx.Tx) error { return closeBooked(ctx, tx, a, to, now) })
	if errors.Is(err, errNotOne) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("closing an appointment: %w", err)
	}
	return true, nil
}
