package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"renzheng/appointment"
	"renzheng/identity"
)

var _ appointment.Store = (*Store)(nil)

const selectAppointment = `SELECT x.id, x.code, x.account_id, x.office, x.day, x.starts_at, x.ends_at, x.slip, x.failure, x.appeal_id, x.state, x.created_at
	FROM appointments x `

type appointmentRow struct {
	ID        string `db:"id"`
	Code      string `db:"code"`
	AccountID string `db:"account_id"`
	Office    string `db:"office"`
	Day       string `db:"day"`
	StartsAt  int64  `db:"starts_at"`
	EndsAt    int64  `db:"ends_at"`
	Slip      string `db:"slip"`
	Failure   string `db:"failure"`
	AppealID  string `db:"appeal_id"`
	State     string `db:"state"`
	CreatedAt int64  `db:"created_at"`
}

func (r appointmentRow) appointment() appointment.Appointment {
	return appointment.Appointment{
		ID: r.ID, Code: r.Code, AccountID: r.AccountID, Office: r.Office, StartsAt: fromMs(r.StartsAt), EndsAt: fromMs(r.EndsAt),
		Slip: r.Slip, Failure: r.Failure, AppealID: r.AppealID, State: appointment.State(r.State), CreatedAt: fromMs(r.CreatedAt),
	}
}

// slot returns the slot whose place the appointment has.
func (r appointmentRow) slot() appointment.Slot { return slotOf(r.appointment()) }

func slotOf(a appointment.Appointment) appointment.Slot {
	return appointment.Slot{Day: identity.DateAt(a.StartsAt), StartsAt: a.StartsAt, EndsAt: a.EndsAt}
}

// Appointment implements [appointment.Store].
func (s *Store) Appointment(ctx context.Context, accountID, id string) (appointment.Appointment, error) {
	row, err := readAppointment(ctx, s.read, accountID, id)
	return row.appointment(), appointmentError("reading an appointment", err)
}

func readAppointment(ctx context.Context, q querier, accountID, id string) (appointmentRow, error) {
	var row appointmentRow
	err := q.GetContext(ctx, &row, selectAppointment+"WHERE x.id = ? AND x.account_id = ?", id, accountID)
	if noRow(err) {
		err = appointment.ErrNotFound
	}
	return row, err
}

// AppointmentsOf implements [appointment.Store].
func (s *Store) AppointmentsOf(ctx context.Context, accountID string, limit int) ([]appointment.Appointment, error) {
	var rows []appointmentRow
	err := s.read.SelectContext(ctx, &rows, selectAppointment+"WHERE x.account_id = ? ORDER BY x.starts_at DESC, x.id LIMIT ?", accountID, limit)
	if err != nil {
		return nil, fmt.Errorf("listing appointments: %w", err)
	}
	return appointmentsIn(rows), nil
}

// AppointmentsAt implements [appointment.QueueStore].
func (s *Store) AppointmentsAt(ctx context.Context, office string, day identity.Date, limit int) ([]appointment.Appointment, error) {
	var rows []appointmentRow
	err := s.read.SelectContext(ctx, &rows, selectAppointment+"WHERE x.office = ? AND x.day = ? ORDER BY x.starts_at, x.id LIMIT ?", office, day.String(), limit)
	if err != nil {
		return nil, fmt.Errorf("listing the appointments of an office: %w", err)
	}
	return appointmentsIn(rows), nil
}

func appointmentsIn(rows []appointmentRow) []appointment.Appointment {
	found := make([]appointment.Appointment, len(rows))
	for i, row := range rows {
		found[i] = row.appointment()
	}
	return found
}

// MissedOf implements [appointment.Store].
func (s *Store) MissedOf(ctx context.Context, accountID string, now time.Time) (appointment.Missing, error) {
	missed, err := missedOf(ctx, s.read, accountID, now)
	if err != nil {
		return appointment.Missing{}, fmt.Errorf("reading missed appointments: %w", err)
	}
	return missed, nil
}

func missedOf(ctx context.Context, q querier, accountID string, now time.Time) (appointment.Missing, error) {
	var rows []appointmentRow
	err := q.SelectContext(ctx, &rows, selectAppointment+"WHERE x.account_id = ? AND (x.state = 'missed' OR x.state = 'booked' AND x.ends_at <= ?) AND x.ends_at > ?",
		accountID, ms(now), ms(now.Add(-appointment.MissWindow)))
	if err != nil {
		return appointment.Missing{}, err
	}
	missed := appointment.Missing{Appointments: appointmentsIn(rows)}
	var erased budgetState
	err = q.GetContext(ctx, &erased, "SELECT used, ends_at FROM budgets WHERE scope = ? AND ends_at > ?", scopeOfMissed(accountID), ms(now))
	if noRow(err) {
		return missed, nil
	}
	missed.Erased, missed.ErasedLast = erased.Used, fromMs(erased.EndsAt).Add(-appointment.MissWindow)
	return missed, err
}

// TakenOf implements [appointment.Store].
func (s *Store) TakenOf(ctx context.Context, office string, from, to identity.Date) (map[appointment.SlotKey]int, error) {
	var rows []struct {
		Day  string `db:"day"`
		Name string `db:"name"`
		N    int    `db:"n"`
	}
	err := s.read.SelectContext(ctx, &rows, "SELECT day, name, n FROM office_counts WHERE office = ? AND day >= ? AND day <= ?", office, from.String(), to.String())
	taken := make(map[appointment.SlotKey]int, len(rows))
	for _, row := range rows {
		day, failed := identity.ParseDate(row.Day)
		err = errors.Join(err, failed)
		taken[appointment.SlotKey{Day: day, Name: row.Name}] = row.N
	}
	if err != nil {
		return nil, fmt.Errorf("reading which places are taken: %w", err)
	}
	return taken, nil
}

// Unclosed implements [appointment.Store].
func (s *Store) Unclosed(ctx context.Context, now time.Time, limit int) ([]appointment.Appointment, error) {
	var rows []appointmentRow
	err := s.read.SelectContext(ctx, &rows, selectAppointment+"WHERE x.state = 'booked' AND x.ends_at <= ? ORDER BY x.ends_at LIMIT ?", ms(now), limit)
	if err != nil {
		return nil, fmt.Errorf("finding appointments that are over: %w", err)
	}
	return appointmentsIn(rows), nil
}

// appointmentError returns errors of the rules as they are, and wraps any other with the act.
func appointmentError(act string, err error) error {
	if err == nil {
		return nil
	}
	if later, ok := errors.AsType[*appointment.LaterError](err); ok {
		return later
	}
	if paused, ok := errors.AsType[*appointment.PausedError](err); ok {
		return paused
	}
	if busy, ok := errors.AsType[*appointment.BusyError](err); ok {
		return busy
	}
	for _, known := range []error{
		appointment.ErrNotFound, appointment.ErrFull, appointment.ErrOpen, appointment.ErrState, appointment.ErrNotToday, appointment.ErrLate,
		appointment.ErrNobody, appointment.ErrReason, appointment.ErrCrowded,
	} {
		if errors.Is(err, known) {
			return known
		}
	}
	return fmt.Errorf("%s: %w", act, err)
}
