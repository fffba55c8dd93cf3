package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/appointment"
	"renzheng/identity"
	"renzheng/staff"
)

// inOrder sorts numbers as they are called: appointments whose slot has begun, then walk-ins, then appointments that came early.
// Its parameter is the time.
const inOrder = `ORDER BY CASE WHEN q.line = 'B' THEN 1 WHEN q.slot_at <= ? THEN 0 ELSE 2 END, q.slot_at, q.number`

// CallNext implements [appointment.QueueStore].
func (s *Store) CallNext(ctx context.Context, c appointment.Call) (appointment.Number, error) {
	var n appointment.Number
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		var row numberRow
		err := tx.GetContext(ctx, &row, selectNumber+"WHERE q.call_id = ? AND q.office = ?", c.ID, c.Office)
		if err == nil || !noRow(err) {
			n = row.queueNumber()
			return err
		}
		err = tx.GetContext(ctx, &row, selectNumber+"WHERE q.office = ? AND q.day = ? AND q.state = 'waiting' "+inOrder+" LIMIT 1",
			c.Office, identity.DateAt(c.Now).String(), ms(c.Now))
		if noRow(err) {
			return appointment.ErrNobody
		}
		if err != nil {
			return err
		}
		n, err = callNumber(ctx, tx, row, appointment.Waiting, c)
		return lost(raced(err)) // another clerk called it; the next one is looked for
	})
	return n, queued("calling a number", err)
}

// callNumber calls a number that is in a state, by one conditional statement. It returns errNotOne if it is not.
func callNumber(ctx context.Context, tx *sqlx.Tx, row numberRow, from appointment.QueueState, c appointment.Call) (appointment.Number, error) {
	err := exactlyOne(tx.ExecContext(ctx, `UPDATE queue_numbers SET state = 'called', call_id = ?, desk = ?, called_by = ?, called_at = ?, ended_at = 0
		WHERE id = ? AND office = ? AND day = ? AND state = ?`,
		c.ID, c.Desk, c.Member, ms(c.Now), row.ID, c.Office, identity.DateAt(c.Now).String(), string(from)))
	row.State, row.Desk, row.CalledBy, row.CalledAt, row.EndedAt = string(appointment.Called), c.Desk, c.Member, ms(c.Now), 0
	return row.queueNumber(), err
}

// CallAgain implements [appointment.QueueStore].
func (s *Store) CallAgain(ctx context.Context, id string, c appointment.Call) (appointment.Number, error) {
	var n appointment.Number
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		row, err := readNumber(ctx, tx, c.Office, id)
		if err != nil {
			return err
		}
		if row.CallID == c.ID { // repeated
			n = row.queueNumber()
			return nil
		}
		if n, err = callNumber(ctx, tx, row, appointment.Absent, c); errors.Is(err, errNotOne) {
			return appointment.ErrState
		}
		if err == nil && n.AppointmentID != "" {
			_, err = tx.ExecContext(ctx, "UPDATE appointments SET state = 'arrived', changed_at = ? WHERE id = ? AND state = 'missed'", ms(c.Now), n.AppointmentID)
		}
		return raced(err)
	})
	return n, queued("calling a number again", err)
}

// EndNumber implements [appointment.QueueStore].
func (s *Store) EndNumber(ctx context.Context, office, id string, to appointment.QueueState, now time.Time) (appointment.Number, error) {
	var row numberRow
	err := s.tx(ctx, func(tx *sqlx.Tx) (err error) {
		if row, err = readNumber(ctx, tx, office, id); err != nil || row.State == string(to) {
			return err // repeated
		}
		err = exactlyOne(tx.ExecContext(ctx, "UPDATE queue_numbers SET state = ?, open_slot = id, ended_at = ? WHERE id = ? AND office = ? AND state = 'called'",
			string(to), ms(now), id, office))
		if errors.Is(err, errNotOne) {
			return appointment.ErrState
		}
		row.State, row.EndedAt = string(to), ms(now)
		if err == nil && to == appointment.Absent {
			_, err = tx.ExecContext(ctx, "UPDATE appointments SET state = 'missed', changed_at = ? WHERE id = ? AND state = 'arrived'", ms(now), row.AppointmentID)
		}
		return err
	})
	return row.queueNumber(), queued("ending a number", err)
}

// Number implements [appointment.QueueStore].
func (s *Store) Number(ctx context.Context, office, id string) (appointment.Number, error) {
	row, err := readNumber(ctx, s.read, office, id)
	return row.queueNumber(), queued("reading a number", err)
}

func readNumber(ctx context.Context, q querier, office, id string) (numberRow, error) {
	var row numberRow
	err := q.GetContext(ctx, &row, selectNumber+"WHERE q.id = ? AND q.office = ?", id, office)
	if noRow(err) {
		err = appointment.ErrNotFound
	}
	return row, err
}

// Before implements [appointment.QueueStore].
func (s *Store) Before(ctx context.Context, n appointment.Number, now time.Time) (int, error) {
	var ids []string
	err := s.read.SelectContext(ctx, &ids, "SELECT q.id FROM queue_numbers q WHERE q.office = ? AND q.day = ? AND q.state = 'waiting' "+inOrder,
		n.Office, n.Day.String(), ms(now))
	if err != nil {
		return 0, fmt.Errorf("counting who is before a number: %w", err)
	}
	for i, id := range ids {
		if id == n.ID {
			return i, nil
		}
	}
	return 0, nil // it was called meanwhile
}

// QueueAt implements [appointment.QueueStore].
func (s *Store) QueueAt(ctx context.Context, office string, now time.Time, limit int) ([]appointment.Number, error) {
	day := identity.DateAt(now).String()
	var waiting, called, ended []numberRow
	err := s.read.SelectContext(ctx, &waiting, selectNumber+"WHERE q.office = ? AND q.day = ? AND q.state = 'waiting' "+inOrder+" LIMIT ?", office, day, ms(now), limit)
	if err == nil {
		err = s.read.SelectContext(ctx, &called, selectNumber+"WHERE q.office = ? AND q.day = ? AND q.state = 'called' ORDER BY q.called_at DESC, q.id LIMIT ?", office, day, limit)
	}
	if err == nil {
		err = s.read.SelectContext(ctx, &ended, selectNumber+"WHERE q.office = ? AND q.day = ? AND q.state IN ('served', 'absent') ORDER BY q.ended_at DESC, q.id LIMIT ?", office, day, endedShown)
	}
	if err != nil {
		return nil, fmt.Errorf("reading a queue: %w", err)
	}
	return numbersIn(append(append(waiting, called...), ended...)), nil
}

// endedShown is how many ended numbers a queue has.
const endedShown = 20

// queued is appointed with the error of a form that is sent again.
func queued(act string, err error) error {
	if errors.Is(err, staff.ErrRepeated) {
		return staff.ErrRepeated
	}
	return appointed(act, err)
}
