package store

import (
	"context"
	"errors"
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
	counter := slot.Key()
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
	counter := slot.Key()
	_, err := tx.ExecContext(ctx, "UPDATE office_counts SET n = n - 1 WHERE office = ? AND day = ? AND name = ? AND n > 0",
		office, counter.Day.String(), counter.Name)
	return err
}
