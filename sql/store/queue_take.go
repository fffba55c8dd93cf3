package store

import (
	"cmp"
	"context"

	"github.com/jmoiron/sqlx"

	"renzheng/appointment"
)

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

// roomForPhones returns appointment.ErrCrowded if more numbers than may be taken with phones wait. The transaction has inserted its own
// and so holds the counter of the line: calls at once count one after the other.
func roomForPhones(ctx context.Context, tx *sqlx.Tx, n appointment.Number) error {
	var waiting int
	err := tx.GetContext(ctx, &waiting, "SELECT COUNT(*) FROM queue_numbers q WHERE q.office = ? AND q.day = ? AND q.state = 'waiting' AND q.line = 'B' AND q.account_id <> ''",
		n.Office, n.Day.String())
	if err == nil && waiting > appointment.MaxFromPhones {
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
		made, err = insertNumber(ctx, tx, n, slot)
		created = true
		if err == nil {
			err = roomForPhones(ctx, tx, n)
		}
		return raced(err)
	})
	return made, created, queueError("taking a number", err)
}
