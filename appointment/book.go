package appointment

import (
	"context"
	"errors"
	"fmt"
	"time"

	"renzheng/random"
)

// Request is what a person books.
type Request struct {
	AccountID string
	Slip      string // how the id of the session begins
	Office    string
	StartsAt  time.Time
	Failure   string // "" = none
	AppealID  string // "" = none
}

// Book books a time slot. Errors: ErrNotFound, ErrNoSlot, ErrReason, ErrOpen, ErrFull, *LaterError, *PausedError.
func (s *Service) Book(ctx context.Context, r Request) (Appointment, error) {
	office, err := s.taking(r.Office)
	if err != nil {
		return Appointment{}, err
	}
	now := s.now()
	slot, ok := office.find(r.StartsAt, now)
	if !ok {
		return Appointment{}, ErrNoSlot
	}
	if r.Failure != "" && !s.deps.Reasons(r.Failure) {
		return Appointment{}, ErrReason
	}
	id, err := random.ID(s.deps.Rand, "apt_")
	if err != nil {
		return Appointment{}, err
	}
	code, err := random.Code(s.deps.Rand, codeLetter)
	if err != nil {
		return Appointment{}, err
	}
	a := Appointment{
		ID: id, Code: code, AccountID: r.AccountID, Office: office.ID, StartsAt: slot.StartsAt, EndsAt: slot.EndsAt,
		Slip: r.Slip, Failure: r.Failure, AppealID: r.AppealID, State: Booked, CreatedAt: now,
	}
	if err = s.deps.Appointments.Book(ctx, a, s.terms(office, now)); err != nil {
		return Appointment{}, fmt.Errorf("booking an appointment: %w", err)
	}
	s.count(a)
	return a, nil
}

func (s *Service) terms(o Office, now time.Time) Terms {
	return Terms{Limits: s.deps.Limits, Offices: s.deps.Offices, Places: o.Places, Now: now}
}

// Change moves an appointment to another slot of its office until its own begins. Its code stays. Errors: ErrNotFound, ErrNoSlot, ErrState, ErrFull,
// *LaterError.
func (s *Service) Change(ctx context.Context, accountID, id string, startsAt time.Time) (Appointment, error) {
	a, err := s.Get(ctx, accountID, id)
	if err != nil {
		return Appointment{}, err
	}
	office, err := s.taking(a.Office)
	if err != nil {
		return Appointment{}, err
	}
	now := s.now()
	slot, ok := office.find(startsAt, now)
	if !ok {
		return Appointment{}, ErrNoSlot
	}
	a, err = s.deps.Appointments.Rebook(ctx, accountID, id, slot, s.terms(office, now))
	if err != nil {
		return Appointment{}, fmt.Errorf("changing an appointment: %w", err)
	}
	return a, nil
}

// Cancel cancels an appointment until its slot begins: afterwards nobody else could come instead. Idempotent. Errors: ErrNotFound, ErrState.
func (s *Service) Cancel(ctx context.Context, accountID, id string) error {
	a, err := s.Get(ctx, accountID, id)
	if err != nil || a.State == Cancelled {
		return err
	}
	if a.State != Booked {
		return ErrState
	}
	a, err = s.deps.Appointments.Cancel(ctx, accountID, id, s.now())
	if errors.Is(err, ErrState) {
		if now, failed := s.Get(ctx, accountID, id); failed == nil && now.State == Cancelled {
			return nil // by the same request, which was sent twice
		}
	}
	if err != nil {
		return fmt.Errorf("cancelling an appointment: %w", err)
	}
	s.count(a)
	return nil
}
