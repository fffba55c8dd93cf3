package store

import (
	"context"
	"errors"

	"github.com/jmoiron/sqlx"

	"renzheng/appointment"
	"renzheng/identity"
	"renzheng/staff"
)

// inOrder sorts numbers as they are called: appointments whose slot has begun, then walk-ins, then appointments that came early.
// The parameter is the time.
const (
	inRank  = "CASE WHEN q.line = 'B' THEN 1 WHEN q.slot_at <= ? THEN 0 ELSE 2 END"
	inOrder = "ORDER BY " + inRank + ", q.slot_at, q.number"
)

// CallNext implements [appointment.QueueStore].
func (s *Store) CallNext(ctx context.Context, c appointment.Call) (appointment.Number, error) {
	var n appointment.Number
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		made, ok, err := madeCall(ctx, tx, c)
		if err != nil || ok {
			n = made
			return err
		}
		var row numberRow
		err = tx.GetContext(ctx, &row, selectNumber+`WHERE q.office = ? AND q.day = ? AND q.state = 'waiting' AND (q.call_id = q.id OR q.slot_at <= ?) `+inOrder+" LIMIT 1",
			c.Office, identity.DateAt(c.Now).String(), ms(c.Now), ms(c.Now))
		if noRow(err) {
			return appointment.ErrNobody
		}
		if err != nil {
			return err
		}
		n, err = callNumber(ctx, tx, row, row.OpenSlot, c)
		return lost(err) // another clerk called it; the next one is looked for
	})
	return n, queueError("calling a number", err)
}

// madeCall returns the number that a form called when it was sent before, and false if it called none. The number may have been called
// again or ended since. Errors: appointment.ErrNotFound if its person was erased.
func madeCall(ctx context.Context, tx *sqlx.Tx, c appointment.Call) (appointment.Number, bool, error) {
	var numberID string
	err := tx.GetContext(ctx, &numberID, "SELECT k.number_id FROM queue_calls k WHERE k.id = ?", c.ID)
	if noRow(err) {
		return appointment.Number{}, false, nil
	}
	if err != nil {
		return appointment.Number{}, false, err
	}
	row, err := readNumber(ctx, tx, c.Office, numberID)
	return row.queueNumber(), true, err
}

// checkFree returns *appointment.BusyError if the desk or the member has an open call. A call is no longer open if its
// number has ended, was called again or was deleted, for whatever reason.
func checkFree(ctx context.Context, tx *sqlx.Tx, desk, member string) error {
	_, err := tx.ExecContext(ctx, `UPDATE queue_calls SET open_desk = id, open_member = id WHERE (open_desk = ? OR open_member = ?)
		AND NOT EXISTS (SELECT 1 FROM queue_numbers q WHERE q.id = queue_calls.number_id AND q.call_id = queue_calls.id AND q.state = 'called')`, desk, member)
	if err != nil {
		return err
	}
	var open numberRow
	err = tx.GetContext(ctx, &open, selectNumber+"JOIN queue_calls k ON k.number_id = q.id WHERE k.open_desk = ? OR k.open_member = ? LIMIT 1", desk, member)
	if err == nil {
		return &appointment.BusyError{Number: open.queueNumber()}
	}
	if noRow(err) {
		err = nil
	}
	return err
}

// callNumber calls a number that is in the state and the call in which it was read, to a desk and by a member who have no open call. Unique
// keys hold this on any number of replicas. It returns errNotOne if the number has moved on. Errors: *appointment.BusyError.
func callNumber(ctx context.Context, tx *sqlx.Tx, row numberRow, openSlot string, c appointment.Call) (appointment.Number, error) {
	day := identity.DateAt(c.Now).String()
	desk, member := c.Office+"|"+day+"|"+c.Desk, c.Office+"|"+day+"|"+c.Member
	if err := checkFree(ctx, tx, desk, member); err != nil {
		return appointment.Number{}, err
	}
	err := exactlyOne(tx.ExecContext(ctx, `UPDATE queue_numbers SET state = 'called', call_id = ?, open_slot = ?, desk = ?, called_by = ?, called_at = ?, ended_at = 0, visit_id = ''
		WHERE id = ? AND office = ? AND day = ? AND state = ? AND call_id = ?`,
		c.ID, openSlot, c.Desk, c.Member, ms(c.Now), row.ID, c.Office, day, row.State, row.CallID))
	if err == nil {
		err = insertRows(ctx, tx, "INSERT INTO queue_calls (id, number_id, day, open_desk, open_member)", [][]any{{c.ID, row.ID, day, desk, member}})
	}
	row.State, row.CallID, row.Desk, row.CalledBy, row.CalledAt, row.EndedAt = string(appointment.Called), c.ID, c.Desk, c.Member, ms(c.Now), 0
	row.VisitID = ""
	return row.queueNumber(), raced(err)
}

// CallAgain implements [appointment.QueueStore].
func (s *Store) CallAgain(ctx context.Context, id string, c appointment.Call) (appointment.Number, error) {
	var n appointment.Number
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		made, ok, err := madeCall(ctx, tx, c)
		if err != nil || ok {
			n = made
			return err
		}
		row, err := readNumber(ctx, tx, c.Office, id)
		if err != nil {
			return err
		}
		if !row.queueNumber().MayCallAgain() {
			return appointment.ErrState
		}
		openSlot, err := openSlotAgain(ctx, tx, row)
		if err != nil {
			return err
		}
		if n, err = callNumber(ctx, tx, row, openSlot, c); errors.Is(err, errNotOne) {
			return appointment.ErrState
		}
		if err == nil && n.AppointmentID != "" {
			_, err = tx.ExecContext(ctx, "UPDATE appointments SET state = 'arrived', changed_at = ? WHERE id = ? AND state = 'missed'", ms(c.Now), n.AppointmentID)
		}
		return err
	})
	return n, queueError("calling a number again", err)
}

// openSlotAgain returns the key by which a number that is called again is the only open one of its account that day. If the account has
// taken another one since, it is the number's own id, and both stay.
func openSlotAgain(ctx context.Context, tx *sqlx.Tx, row numberRow) (string, error) {
	if row.Line != string(appointment.WalkIns) || row.AccountID == "" {
		return row.OpenSlot, nil
	}
	slot := openSlotOf(row.AccountID, row.Day)
	var other bool
	err := tx.GetContext(ctx, &other, "SELECT EXISTS (SELECT 1 FROM queue_numbers q WHERE q.open_slot = ? AND q.account_id = ? AND q.id <> ?)", slot, row.AccountID, row.ID)
	if other {
		slot = row.ID
	}
	return slot, err
}

// Number implements [appointment.QueueStore].
func (s *Store) Number(ctx context.Context, office, id string) (appointment.Number, error) {
	row, err := readNumber(ctx, s.read, office, id)
	return row.queueNumber(), queueError("reading a number", err)
}

func readNumber(ctx context.Context, q querier, office, id string) (numberRow, error) {
	var row numberRow
	err := q.GetContext(ctx, &row, selectNumber+"WHERE q.id = ? AND q.office = ?", id, office)
	if noRow(err) {
		err = appointment.ErrNotFound
	}
	return row, err
}

// queueError is appointmentError with the error of a form that is sent again.
func queueError(act string, err error) error {
	if errors.Is(err, staff.ErrRepeated) {
		return staff.ErrRepeated
	}
	return appointmentError(act, err)
}
