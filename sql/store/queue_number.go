package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"renzheng/appointment"
	"renzheng/identity"
)

var _ appointment.QueueStore = (*Store)(nil)

const selectNumber = `SELECT q.id, q.office, q.day, q.line, q.number, q.account_id, q.appointment_id, q.slot_at, q.slip, q.state, q.open_slot, q.call_id, q.desk, q.called_by,
	q.taken_at, q.called_at, q.ended_at FROM queue_numbers q `

type numberRow struct {
	ID            string `db:"id"`
	Office        string `db:"office"`
	Day           string `db:"day"`
	Line          string `db:"line"`
	Number        int    `db:"number"`
	AccountID     string `db:"account_id"`
	AppointmentID string `db:"appointment_id"`
	SlotAt        int64  `db:"slot_at"`
	Slip          string `db:"slip"`
	State         string `db:"state"`
	OpenSlot      string `db:"open_slot"`
	CallID        string `db:"call_id"`
	Desk          string `db:"desk"`
	CalledBy      string `db:"called_by"`
	TakenAt       int64  `db:"taken_at"`
	CalledAt      int64  `db:"called_at"`
	EndedAt       int64  `db:"ended_at"`
}

func (r numberRow) queueNumber() appointment.Number {
	day, _ := identity.ParseDate(r.Day) // as this store wrote it
	n := appointment.Number{
		ID: r.ID, Office: r.Office, Day: day, Line: appointment.Line(r.Line), N: r.Number, AccountID: r.AccountID, SlotAt: fromMs(r.SlotAt),
		Slip: r.Slip, State: appointment.QueueState(r.State), CallID: r.CallID, Desk: r.Desk, CalledBy: r.CalledBy,
		TakenAt: fromMs(r.TakenAt), CalledAt: fromMs(r.CalledAt), EndedAt: fromMs(r.EndedAt),
	}
	if r.AppointmentID != r.ID {
		n.AppointmentID = r.AppointmentID
	}
	return n
}

func numbersIn(rows []numberRow) []appointment.Number {
	found := make([]appointment.Number, len(rows))
	for i, row := range rows {
		found[i] = row.queueNumber()
	}
	return found
}

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

// insertNumber draws the next number of its line and stores it. The counter is the office's own row, which the transaction
// holds, so that no number is left out if it fails.
func insertNumber(ctx context.Context, tx *sqlx.Tx, n appointment.Number, openSlot string) (appointment.Number, error) {
	day, line := n.Day.String(), string(n.Line)
	matched, err := rowsMatched(tx.ExecContext(ctx, "UPDATE office_counts SET n = n + 1 WHERE office = ? AND day = ? AND name = ?", n.Office, day, line))
	if err == nil && matched == 0 {
		_, err = tx.ExecContext(ctx, "INSERT INTO office_counts (office, day, name, n) VALUES (?, ?, ?, 1)", n.Office, day, line)
		err = raced(err)
	}
	if err == nil {
		err = tx.GetContext(ctx, &n.N, "SELECT n FROM office_counts WHERE office = ? AND day = ? AND name = ?", n.Office, day, line)
	}
	if err != nil {
		return appointment.Number{}, err
	}
	n.CallID = n.ID
	return n, insertRows(ctx, tx, `INSERT INTO queue_numbers (id, office, day, line, number, account_id, appointment_id, slot_at, slip, state, open_slot,
		call_id, desk, called_by, taken_at, called_at, ended_at)`, [][]any{{
		n.ID, n.Office, day, line, n.N, n.AccountID, cmp.Or(n.AppointmentID, n.ID), ms(n.SlotAt), n.Slip, string(n.State), openSlot, n.CallID, "", "", ms(n.TakenAt), 0, 0,
	}})
}

// roomForPhones returns appointment.ErrCrowded if as many numbers as may be taken with phones wait. Calls at once may exceed it by their
// number, which is bounded too.
func roomForPhones(ctx context.Context, tx *sqlx.Tx, n appointment.Number) error {
	var waiting int
	err := tx.GetContext(ctx, &waiting, "SELECT COUNT(*) FROM queue_numbers q WHERE q.office = ? AND q.day = ? AND q.state = 'waiting' AND q.line = 'B' AND q.account_id <> ''",
		n.Office, n.Day.String())
	if err == nil && waiting >= appointment.MaxFromPhones {
		err = appointment.ErrCrowded
	}
	return err
}

// openSlotOf returns the key by which an account has one open number of a day.
func openSlotOf(accountID, day string) string { return accountID + "|" + day }

// TakeNumber implements [appointment.QueueStore].
func (s *Store) TakeNumber(ctx context.Context, n appointment.Number, limit int) (appointment.Number, bool, error) {
	n.TakenAt = fromMs(ms(n.TakenAt))
	if n.AccountID == "" {
		err := s.tx(ctx, func(tx *sqlx.Tx) error {
			made, err := insertNumber(ctx, tx, n, n.ID)
			if err == nil {
				n = made
			}
			return repeated(err)
		})
		return n, err == nil, queueError("taking a number", err)
	}
	var made appointment.Number
	created := false
	slot := openSlotOf(n.AccountID, n.Day.String())
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		var row numberRow
		err := tx.GetContext(ctx, &row, selectNumber+"WHERE q.open_slot = ? AND q.account_id = ?", slot, n.AccountID)
		if err == nil || !noRow(err) {
			made, created = row.queueNumber(), false
			return err
		}
		if err = bookingLimit(ctx, tx, "queue_numbers|"+n.AccountID, limit, n.TakenAt); err != nil {
			return err
		}
		if err = roomForPhones(ctx, tx, n); err != nil {
			return err
		}
		made, err = insertNumber(ctx, tx, n, slot)
		created = true
		return raced(err)
	})
	return made, created, queueError("taking a number", err)
}

// NumberOf implements [appointment.QueueStore].
func (s *Store) NumberOf(ctx context.Context, accountID, id string) (appointment.Number, error) {
	var row numberRow
	err := s.read.GetContext(ctx, &row, selectNumber+"WHERE q.id = ? AND q.account_id = ?", id, accountID)
	if noRow(err) {
		err = appointment.ErrNotFound
	}
	return row.queueNumber(), appointmentError("reading a queue number", err)
}

// NumbersOf implements [appointment.QueueStore].
func (s *Store) NumbersOf(ctx context.Context, accountID string, day identity.Date) ([]appointment.Number, error) {
	var rows []numberRow
	err := s.read.SelectContext(ctx, &rows, selectNumber+"WHERE q.account_id = ? AND q.day = ? ORDER BY q.taken_at DESC, q.id", accountID, day.String())
	if err != nil {
		return nil, fmt.Errorf("listing queue numbers: %w", err)
	}
	return numbersIn(rows), nil
}
