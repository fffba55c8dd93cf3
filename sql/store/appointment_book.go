package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/appointment"
	"renzheng/verification"
	"renzheng/verification/policy"
)

// Book implements [appointment.Store].
func (s *Store) Book(ctx context.Context, a appointment.Appointment, t appointment.Terms) error {
	return appointmentError("booking an appointment", s.tx(ctx, func(tx *sqlx.Tx) error {
		if err := mayBook(ctx, tx, a, t); err != nil {
			return err
		}
		slot := slotOf(a)
		if err := takePlace(ctx, tx, a.Office, slot, t.Places); err != nil {
			return err
		}
		return raced(insertRows(ctx, tx, `INSERT INTO appointments
			(id, code, account_id, office, day, starts_at, ends_at, slip, failure, appeal_id, state, open_slot, created_at, changed_at)`, [][]any{{
			a.ID, a.Code, a.AccountID, a.Office, slot.Day.String(), ms(a.StartsAt), ms(a.EndsAt), a.Slip, a.Failure, a.AppealID, string(a.State), a.AccountID,
			ms(a.CreatedAt), ms(a.CreatedAt),
		}}))
	}))
}

// mayBook returns why the account may not book now, and takes one of its bookings of the day.
func mayBook(ctx context.Context, tx *sqlx.Tx, a appointment.Appointment, t appointment.Terms) error {
	missed, err := missedOf(ctx, tx, a.AccountID, t.Now)
	if err != nil {
		return err
	}
	if pause := t.Pause(missed); !pause.Until.IsZero() {
		return &appointment.PausedError{Until: pause.Until}
	}
	if err = closeOpen(ctx, tx, a.AccountID, t); err != nil {
		return err
	}
	if a.AppealID != "" {
		var own bool
		if err = tx.GetContext(ctx, &own, "SELECT EXISTS (SELECT 1 FROM appeals x WHERE x.id = ? AND x.account_id = ?)", a.AppealID, a.AccountID); err != nil {
			return err
		}
		if !own {
			return appointment.ErrReason
		}
	}
	return bookingLimit(ctx, tx, "bookings|"+a.AccountID, t.Limits.PerDay, t.Now)
}

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

// bookingLimit takes one of the bookings, or of the queue numbers, that an account has in 24 hours. Errors: *appointment.LaterError.
func bookingLimit(ctx context.Context, tx *sqlx.Tx, scope string, limit int, now time.Time) error {
	_, err := reserve(ctx, tx, policy.Quota{Limit: limit, Window: 24 * time.Hour}, scope, now)
	if exhausted, ok := errors.AsType[*verification.ExhaustedError](err); ok {
		return &appointment.LaterError{At: exhausted.NextAt}
	}
	return err
}

// takePlace takes a place of a slot, unless all are taken. The condition is in the statement, so that it holds for any number of
// replicas. Errors: appointment.ErrFull.
func takePlace(ctx context.Context, tx *sqlx.Tx, office string, slot appointment.Slot, places int) error {
	counter := slot.Counter()
	matched, err := rowsMatched(tx.ExecContext(ctx, "UPDATE office_counts SET n = n + 1 WHERE office = ? AND day = ? AND name = ? AND n < ?",
		office, counter.Day.String(), counter.Name, places))
	if err != nil || matched == 1 {
		return err
	}
	var n int
	err = tx.GetContext(ctx, &n, "SELECT n FROM office_counts WHERE office = ? AND day = ? AND name = ?", office, counter.Day.String(), counter.Name)
	if noRow(err) {
		_, err = tx.ExecContext(ctx, "INSERT INTO office_counts (office, day, name, n) VALUES (?, ?, ?, 1)", office, counter.Day.String(), counter.Name)
		return raced(err)
	}
	if err == nil {
		err = appointment.ErrFull
	}
	return err
}

func freePlace(ctx context.Context, tx *sqlx.Tx, office string, slot appointment.Slot) error {
	counter := slot.Counter()
	_, err := tx.ExecContext(ctx, "UPDATE office_counts SET n = n - 1 WHERE office = ? AND day = ? AND name = ? AND n > 0",
		office, counter.Day.String(), counter.Name)
	return err
}

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
