package store

import (
	"context"
	"errors"

	"github.com/jmoiron/sqlx"

	"renzheng/appointment"
	"renzheng/identity"
)

// CheckIn implements [appointment.QueueStore].
func (s *Store) CheckIn(ctx context.Context, c appointment.Arrival) (appointment.Number, error) {
	var n appointment.Number
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		a, err := arriving(ctx, tx, c)
		if err != nil {
			return err
		}
		today := identity.DateAt(c.Now)
		switch {
		case a.State == string(appointment.Cancelled):
			return appointment.ErrState
		case a.Day != today.String():
			return appointment.ErrNotToday
		case a.State != string(appointment.Booked):
			n, err = numberOfArrival(ctx, tx, a)
			return err
		}
		err = exactlyOne(tx.ExecContext(ctx, `UPDATE appointments SET state = 'arrived', open_slot = id, changed_at = ?
			WHERE id = ? AND state = 'booked' AND day = ? AND ends_at > ?`, ms(c.Now), a.ID, today.String(), ms(c.Now)))
		if errors.Is(err, errNotOne) {
			return overtakenArrival(a, c)
		}
		if err != nil {
			return err
		}
		n = appointment.Number{
			ID: c.NumberID, Office: c.Office, Day: today, Line: appointment.Appointments, AccountID: a.AccountID, AppointmentID: a.ID, SlotAt: fromMs(a.StartsAt),
			Slip: a.Slip, State: appointment.Waiting, TakenAt: fromMs(ms(c.Now)),
		}
		n, err = insertNumber(ctx, tx, n, n.ID)
		return err
	})
	return n, appointmentError("checking in", err)
}

// numberOfArrival returns the number that an appointment has, also if its person was absent and is back: then it can be called
// again. Errors: appointment.ErrLate if nobody ever came.
func numberOfArrival(ctx context.Context, tx *sqlx.Tx, a appointmentRow) (appointment.Number, error) {
	var row numberRow
	err := tx.GetContext(ctx, &row, selectNumber+"WHERE q.appointment_id = ? AND q.office = ?", a.ID, a.Office)
	if noRow(err) {
		err = appointment.ErrLate
	}
	return row.queueNumber(), err
}

// overtakenArrival returns why an appointment of today was not booked any more: its slot is over, or another one was first.
func overtakenArrival(a appointmentRow, c appointment.Arrival) error {
	if a.EndsAt <= ms(c.Now) {
		return appointment.ErrLate
	}
	return errRace
}

// arriving finds the appointment by the code that a clerk scanned, or the one of an account that is to be kept or is kept today.
func arriving(ctx context.Context, tx *sqlx.Tx, c appointment.Arrival) (appointmentRow, error) {
	var row appointmentRow
	var err error
	if c.Code != "" {
		err = tx.GetContext(ctx, &row, selectAppointment+"WHERE x.code = ? AND x.office = ?", c.Code, c.Office)
	} else {
		err = tx.GetContext(ctx, &row, selectAppointment+`WHERE x.account_id = ? AND x.office = ? AND x.day = ? AND
			(x.state = 'booked' AND x.ends_at > ? OR x.state = 'arrived' AND EXISTS (SELECT 1 FROM queue_numbers q WHERE q.appointment_id = x.id AND q.state IN ('waiting', 'called')))
			ORDER BY x.starts_at LIMIT 1`, c.AccountID, c.Office, identity.DateAt(c.Now).String(), ms(c.Now))
	}
	if noRow(err) {
		err = appointment.ErrNotFound
	}
	return row, err
}
