package store

import (
	"context"
	"fmt"

	"renzheng/appointment"
	"renzheng/identity"
)

var _ appointment.QueueStore = (*Store)(nil)

const selectNumber = `SELECT q.id, q.office, q.day, q.line, q.number, q.account_id, q.appointment_id, q.slot_at, q.slip, q.state, q.open_slot, q.call_id, q.desk, q.called_by,
	q.taken_at, q.called_at, q.ended_at, q.visit_id FROM queue_numbers q `

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
	VisitID       string `db:"visit_id"`
}

func (r numberRow) queueNumber() appointment.Number {
	day, _ := identity.ParseDate(r.Day) // as this store wrote it
	n := appointment.Number{
		ID: r.ID, Office: r.Office, Day: day, Line: appointment.Line(r.Line), N: r.Number, AccountID: r.AccountID, SlotAt: fromMs(r.SlotAt),
		Slip: r.Slip, State: appointment.QueueState(r.State), CallID: r.CallID, Desk: r.Desk, CalledBy: r.CalledBy,
		TakenAt: fromMs(r.TakenAt), CalledAt: fromMs(r.CalledAt), EndedAt: fromMs(r.EndedAt), VisitID: r.VisitID,
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
