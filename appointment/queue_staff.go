package appointment

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"renzheng/identity"
	"renzheng/random"
	"renzheng/staff"
)

// at rejects members who do not work at a window.
func at(m staff.Member) error {
	if m.Office == "" || !m.HasAny(staff.Clerk, staff.Supervisor) {
		return ErrRole
	}
	return nil
}

// CheckIn assigns a number to an appointment of today, by the code that was scanned or typed. An appointment that has a number keeps it.
// Errors: ErrRole, ErrNotFound, ErrNotToday, ErrLate, ErrState.
func (s *Service) CheckIn(ctx context.Context, m staff.Member, code string) (Number, error) {
	if err := at(m); err != nil {
		return Number{}, err
	}
	read := random.ReadCode(code, codeLetter)
	if read == "" {
		return Number{}, ErrNotFound
	}
	id, err := random.ID(s.deps.Rand, "que_")
	if err != nil {
		return Number{}, err
	}
	n, err := s.checkIn(ctx, Arrival{NumberID: id, Office: m.Office, Code: read, Now: s.now()})
	if err != nil {
		return Number{}, fmt.Errorf("checking in: %w", err)
	}
	return n, nil
}

// WalkIn assigns a number to a person without an appointment. id is the form's, by which a repetition is known; slip is
// how the id of the session of their window slip begins, or "". Errors: ErrRole, staff.ErrRepeated.
func (s *Service) WalkIn(ctx context.Context, m staff.Member, id, slip string) (Number, error) {
	if err := at(m); err != nil {
		return Number{}, err
	}
	now := s.now()
	n := Number{ID: id, Office: m.Office, Day: identity.DateAt(now), Line: WalkIns, Slip: slip, State: Waiting, TakenAt: now}
	n, _, err := s.deps.Queues.TakeNumber(ctx, n, 0)
	if err != nil {
		return Number{}, fmt.Errorf("taking a number for somebody: %w", err)
	}
	return n, nil
}

// CallNext calls the next number of the member's office to a desk. id is the form's: a repetition calls nobody else.
// Errors: ErrRole, ErrDesk, ErrNobody, *BusyError.
func (s *Service) CallNext(ctx context.Context, m staff.Member, id, desk string) (Number, error) {
	c, err := s.call(m, id, desk)
	if err != nil {
		return Number{}, err
	}
	n, err := s.deps.Queues.CallNext(ctx, c)
	if err != nil {
		return Number{}, fmt.Errorf("calling the next number: %w", err)
	}
	if s.deps.Metrics != nil && n.CalledAt.Equal(c.Now) {
		s.deps.Metrics.NumberCalled(n.Office, n.Line, waited(n))
	}
	return n, nil
}

// CallAgain calls a number of today whose person was absent. Errors: ErrRole, ErrDesk, ErrNotFound, ErrState, *BusyError.
func (s *Service) CallAgain(ctx context.Context, m staff.Member, numberID, id, desk string) (Number, error) {
	c, err := s.call(m, id, desk)
	if err != nil {
		return Number{}, err
	}
	n, err := s.deps.Queues.CallAgain(ctx, numberID, c)
	if err != nil {
		return Number{}, fmt.Errorf("calling a number again: %w", err)
	}
	return n, nil
}

func (s *Service) call(m staff.Member, id, desk string) (Call, error) {
	if err := at(m); err != nil {
		return Call{}, err
	}
	if !isDesk(desk) {
		return Call{}, ErrDesk
	}
	return Call{ID: id, Office: m.Office, Desk: desk, Member: m.ID, Now: s.now()}, nil
}

// End ends a call of a number. Idempotent. An appointment whose person is absent was missed, unless its slot has not begun or the office is
// no longer open in it. Errors: ErrRole, ErrNotFound, ErrState if the number was called again since.
func (s *Service) End(ctx context.Context, m staff.Member, id, callID string, to QueueState) (Number, error) {
	if err := at(m); err != nil {
		return Number{}, err
	}
	if to != Served && to != Absent {
		return Number{}, ErrState
	}
	now := s.now()
	n, err := s.deps.Queues.Number(ctx, m.Office, id)
	if err != nil {
		return Number{}, fmt.Errorf("reading a number: %w", err)
	}
	missed := n.AppointmentID != "" && s.deps.Offices[m.Office].servesAt(n.SlotAt, n.SlotAt)
	n, err = s.deps.Queues.EndNumber(ctx, Ending{Office: m.Office, NumberID: id, CallID: callID, To: to, Missed: missed, Now: now})
	if err != nil {
		return Number{}, fmt.Errorf("ending a number: %w", err)
	}
	if missed && n.State == Absent && n.EndedAt.Equal(now) {
		s.count(Appointment{Office: n.Office, State: Missed})
	}
	return n, nil
}

// Hall is what an office sees of today.
type Hall struct {
	Waiting, Called, Ended []Number      // in the order of calls; the last that ended first
	NotArrived             []Appointment // booked for today
}

const maxHall = 500

// Today returns what goes on at the member's office. Errors: ErrRole.
func (s *Service) Today(ctx context.Context, m staff.Member) (Hall, error) {
	if err := at(m); err != nil {
		return Hall{}, err
	}
	now := s.now()
	hall, err := s.hall(ctx, m.Office, now)
	booked, failed := s.deps.Queues.AppointmentsAt(ctx, m.Office, identity.DateAt(now), maxHall)
	if err = errors.Join(err, failed); err != nil {
		return Hall{}, fmt.Errorf("reading what is booked: %w", err)
	}
	for _, a := range booked {
		if a = a.at(now, s.deps.Offices); a.State == Booked || a.State == Missed {
			hall.NotArrived = append(hall.NotArrived, a)
		}
	}
	return hall, nil
}

// shownFor is how long a screen shows a call that nobody has ended: until then its person has come, or does not come.
const shownFor = 10 * time.Minute

// Display returns what a screen in the hall shows: what waits and what was called lately. Errors: ErrNotFound.
func (s *Service) Display(ctx context.Context, office string) (Hall, error) {
	if len(s.deps.Offices) > 0 {
		if _, ok := s.deps.Offices[office]; !ok {
			return Hall{}, ErrNotFound
		}
	} else if !staff.IsOffice(office) {
		return Hall{}, ErrNotFound
	}
	now := s.now()
	hall, err := s.hall(ctx, office, now)
	hall.Called = slices.DeleteFunc(hall.Called, func(n Number) bool { return !n.CalledAt.Add(shownFor).After(now) })
	return hall, err
}

func (s *Service) hall(ctx context.Context, office string, now time.Time) (Hall, error) {
	found, err := s.deps.Queues.QueueAt(ctx, office, now, maxHall)
	if err != nil {
		return Hall{}, fmt.Errorf("reading a queue: %w", err)
	}
	var h Hall
	for _, n := range found {
		switch n.State {
		case Waiting:
			h.Waiting = append(h.Waiting, n)
		case Called:
			h.Called = append(h.Called, n)
		case Served, Absent:
			h.Ended = append(h.Ended, n)
		}
	}
	return h, nil
}

// Number returns a number of the member's office. Errors: ErrRole, ErrNotFound.
func (s *Service) Number(ctx context.Context, m staff.Member, id string) (Position, error) {
	if err := at(m); err != nil {
		return Position{}, err
	}
	n, err := s.deps.Queues.Number(ctx, m.Office, id)
	if err != nil {
		return Position{}, fmt.Errorf("reading a number: %w", err)
	}
	return s.position(ctx, n)
}

// Calls returns the numbers that are called at the member's office, newest first. Errors: ErrRole.
func (s *Service) Calls(ctx context.Context, m staff.Member) ([]Number, error) {
	if err := at(m); err != nil {
		return nil, err
	}
	found, err := s.deps.Queues.CallsAt(ctx, m.Office, s.now(), maxHall)
	if err != nil {
		return nil, fmt.Errorf("reading what is called: %w", err)
	}
	return found, nil
}

// NumberOfVisit returns the number whose person is or was served in a visit of the member's office. Errors: ErrRole, ErrNotFound.
func (s *Service) NumberOfVisit(ctx context.Context, m staff.Member, visitID string) (Number, error) {
	if err := at(m); err != nil {
		return Number{}, err
	}
	n, err := s.deps.Queues.NumberOfVisit(ctx, m.Office, visitID)
	if err != nil {
		return Number{}, fmt.Errorf("reading the number of a visit: %w", err)
	}
	return n, nil
}
