package appointment

import (
	"context"
	"errors"
	"fmt"

	"renzheng/identity"
	"renzheng/random"
)

const (
	// MaxNumbers is how many numbers an account may take in 24 h.
	MaxNumbers = 3
	// MaxFromPhones is how many numbers without an appointment, taken with a phone, may wait at an office. The code at the door proves no
	// presence: this bounds how many numbers may belong to people who are not there. A clerk may always give a number.
	MaxFromPhones = 60
)

// Position is a number with how many are called before it.
type Position struct {
	Number

	Before int // 0 unless it waits
}

func (s *Service) position(ctx context.Context, n Number) (Position, error) {
	if n.State != Waiting {
		return Position{Number: n}, nil
	}
	before, err := s.deps.Queues.Before(ctx, n, s.now())
	if err != nil {
		return Position{}, fmt.Errorf("counting who is before: %w", err)
	}
	return Position{n, before}, nil
}

// Arrive returns the number of an account's person at an office today: that of their appointment there, or a new one of a walk-in.
// Idempotent while the number is open. Errors: ErrNotFound, ErrClosed, ErrCrowded, *LaterError.
func (s *Service) Arrive(ctx context.Context, accountID, slip, office string) (_ Position, created bool, err error) {
	o, err := s.taking(office)
	if err != nil {
		return Position{}, false, err
	}
	now := s.now()
	if !o.open(now) {
		return Position{}, false, ErrClosed
	}
	id, err := random.ID(s.deps.Rand, "que_")
	if err != nil {
		return Position{}, false, err
	}
	n, err := s.checkIn(ctx, Arrival{NumberID: id, Office: office, AccountID: accountID, Now: now})
	created = n.ID == id
	if errors.Is(err, ErrNotFound) {
		n = Number{ID: id, Office: office, Day: identity.DateAt(now), Line: WalkIns, AccountID: accountID, Slip: slip, State: Waiting, TakenAt: now}
		n, created, err = s.deps.Queues.TakeNumber(ctx, n, MaxNumbers)
	}
	if err != nil {
		return Position{}, false, fmt.Errorf("taking a queue number: %w", err)
	}
	p, err := s.position(ctx, n)
	return p, created, err
}

func (s *Service) checkIn(ctx context.Context, a Arrival) (Number, error) {
	n, err := s.deps.Queues.CheckIn(ctx, a)
	if err == nil && n.ID == a.NumberID {
		s.count(Appointment{Office: n.Office, State: Arrived})
	}
	return n, err
}

// NumbersOf returns the numbers of an account today, newest first.
func (s *Service) NumbersOf(ctx context.Context, accountID string) ([]Position, error) {
	found, err := s.deps.Queues.NumbersOf(ctx, accountID, identity.DateAt(s.now()))
	if err != nil {
		return nil, fmt.Errorf("listing queue numbers: %w", err)
	}
	all := make([]Position, len(found))
	for i, n := range found {
		if all[i], err = s.position(ctx, n); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// NumberOf returns a number of an account. Errors: ErrNotFound.
func (s *Service) NumberOf(ctx context.Context, accountID, id string) (Position, error) {
	n, err := s.deps.Queues.NumberOf(ctx, accountID, id)
	if err != nil {
		return Position{}, fmt.Errorf("reading a queue number: %w", err)
	}
	return s.position(ctx, n)
}
