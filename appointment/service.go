package appointment

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"renzheng/identity"
	"renzheng/random"
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
func (s *Service) Offices() []Office { return s.deps.Offices.Taking() }

// Office returns an office, which may take no appointments, and false for an unknown one.
func (s *Service) Office(id string) (Office, bool) {
	o, ok := s.deps.Offices[id]
	return o, ok
}

// taking returns an office that takes appointments. Errors: ErrNotFound.
func (s *Service) taking(id string) (Office, error) {
	if o, ok := s.deps.Offices[id]; ok && o.Takes() {
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
		slots[i].Free = max(0, o.Places-taken[slot.Counter()])
	}
	return slots, nil
}

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

func (s *Service) count(a Appointment) {
	if s.deps.Metrics != nil {
		s.deps.Metrics.AppointmentMoved(a.Office, a.State)
	}
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
