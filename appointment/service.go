package appointment

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"renzheng/identity"
)

// Deps is what a Service needs. Offices and Metrics are optional.
type Deps struct {
	Appointments Store
	Queues       QueueStore
	Offices      Offices
	Limits       Limits
	Metrics      Metrics
	Reasons      func(failure string) bool // whether the catalogue has a failure
	Clock        func() time.Time
	Rand         io.Reader
}

// Service holds the rules. Safe for concurrent use.
type Service struct{ deps Deps }

// New returns a Service on its dependencies.
func New(d Deps) *Service { return &Service{deps: d} }

func (s *Service) now() time.Time { return s.deps.Clock().UTC().Truncate(time.Millisecond) }

// Offices returns the offices that take appointments.
func (s *Service) Offices() []Office { return s.deps.Offices.ByAppointment() }

// Office returns an office, which may take no appointments, and false for an unknown one.
func (s *Service) Office(id string) (Office, bool) {
	o, ok := s.deps.Offices[id]
	return o, ok
}

// taking returns an office that takes appointments. Errors: ErrNotFound.
func (s *Service) taking(id string) (Office, error) {
	if o, ok := s.deps.Offices[id]; ok && o.TakesAppointments() {
		return o, nil
	}
	return Office{}, ErrNotFound
}

// Slots returns the slots of an office that can be booked, with their free places. Errors: ErrNotFound.
func (s *Service) Slots(ctx context.Context, office string) ([]Slot, error) {
	o, err := s.taking(office)
	if err != nil {
		return nil, err
	}
	now := s.now()
	slots := o.Bookable(now)
	taken, err := s.deps.Appointments.TakenOf(ctx, office, identity.DateAt(now), identity.DateAt(now.AddDate(0, 0, Days)))
	if err != nil {
		return nil, fmt.Errorf("reading the free places: %w", err)
	}
	for i, slot := range slots {
		slots[i].Free = max(0, o.Places-taken[slot.Key()])
	}
	return slots, nil
}

func (s *Service) count(a Appointment) {
	if s.deps.Metrics != nil {
		s.deps.Metrics.AppointmentMoved(a.Office, a.State)
	}
}

// Get returns an appointment of an account. Errors: ErrNotFound.
func (s *Service) Get(ctx context.Context, accountID, id string) (Appointment, error) {
	a, err := s.deps.Appointments.Appointment(ctx, accountID, id)
	if err != nil {
		return Appointment{}, fmt.Errorf("reading an appointment: %w", err)
	}
	return a.at(s.now(), s.deps.Offices), nil
}

const maxListed = 20

// Mine returns the appointments of an account, newest first, and what keeps it from booking.
func (s *Service) Mine(ctx context.Context, accountID string) ([]Appointment, Pause, error) {
	now := s.now()
	found, err := s.deps.Appointments.AppointmentsOf(ctx, accountID, maxListed)
	missed, failed := s.deps.Appointments.MissedOf(ctx, accountID, now)
	if err = errors.Join(err, failed); err != nil {
		return nil, Pause{}, fmt.Errorf("listing appointments: %w", err)
	}
	for i, a := range found {
		found[i] = a.at(now, s.deps.Offices)
	}
	return found, s.terms(Office{}, now).Pause(missed), nil
}

const maxClosed = 500 // of a round

// CloseMissed closes appointments whose time is over, for a worker, and returns how many: as missed, or as withdrawn by an office whose
// hours changed. Until then nothing is final, so that a file of offices that was wrong for a while cancels nothing.
func (s *Service) CloseMissed(ctx context.Context) (int, error) {
	now := s.now()
	ended, err := s.deps.Appointments.Unclosed(ctx, now, maxClosed)
	if err != nil {
		return 0, fmt.Errorf("finding missed appointments: %w", err)
	}
	closed := 0
	for _, a := range ended {
		a = a.at(now, s.deps.Offices)
		ok, err := s.deps.Appointments.CloseAppointment(ctx, a, a.State, now)
		if err != nil {
			return closed, fmt.Errorf("closing a missed appointment: %w", err)
		}
		if ok {
			closed++
			s.count(a)
		}
	}
	return closed, nil
}
