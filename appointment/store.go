package appointment

import (
	"context"
	"time"

	"renzheng/identity"
)

// Store keeps appointments of accounts. Each change is one conditional statement on its row, in one transaction with the
// counter of the places. Safe for concurrent use.
type Store interface {
	// Book stores an appointment of an account that has none, and takes a place of its slot.
	// Errors: ErrOpen, ErrFull, ErrReason if the appeal is not the account's, *LaterError, *PausedError.
	Book(ctx context.Context, a Appointment, t Terms) error
	// Rebook moves a booked appointment of the account, whose slot has not begun, to another slot. Both places change with it, or nothing does.
	// Errors: ErrNotFound, ErrState, ErrFull, *LaterError.
	Rebook(ctx context.Context, accountID, id string, to Slot, t Terms) (Appointment, error)
	// Cancel cancels a booked appointment of the account, whose slot has not begun, and frees its place. Errors: ErrNotFound, ErrState.
	Cancel(ctx context.Context, accountID, id string, now time.Time) (Appointment, error)
	// Appointment returns one of the account's. Errors: ErrNotFound.
	Appointment(ctx context.Context, accountID, id string) (Appointment, error)
	// AppointmentsOf returns those of an account, newest first.
	AppointmentsOf(ctx context.Context, accountID string, limit int) ([]Appointment, error)
	// MissedOf returns what an account has missed within MissWindow.
	MissedOf(ctx context.Context, accountID string, now time.Time) (Missing, error)
	// TakenOf returns how many places of an office are taken, by day and name of the slot's counter.
	TakenOf(ctx context.Context, office string, from, to identity.Date) (map[SlotKey]int, error)
	// Unclosed returns booked appointments whose slot is over.
	Unclosed(ctx context.Context, now time.Time, limit int) ([]Appointment, error)
	// CloseAppointment makes a booked appointment Missed or Withdrawn, and reports whether it was still booked for that slot.
	CloseAppointment(ctx context.Context, a Appointment, to State, now time.Time) (bool, error)
}

// SlotKey names the counter of a slot of an office.
type SlotKey struct {
	Day  identity.Date
	Name string
}

// Key returns the name of the counter of the slot's places.
func (s Slot) Key() SlotKey { return SlotKey{s.Day, s.name()} }

// Terms are the rules under which a booking is stored.
type Terms struct {
	Limits  Limits
	Offices Offices // with their hours of now
	Places  int     // of the slot
	Now     time.Time
}

// Missing is what an account has missed.
type Missing struct {
	Appointments []Appointment // that were missed, or whose slot is over and that nobody has closed
	Erased       int           // missed before the account was erased; nothing else is left of them
	ErasedLast   time.Time     // when the last of these ended
}

// Pause returns the pause of an account by what it has missed. What an office withdrew does not count.
func (t Terms) Pause(m Missing) Pause {
	n, last := m.Erased, m.ErasedLast
	for _, a := range m.Appointments {
		if t.Current(a).State != Missed {
			continue
		}
		n++
		if a.EndsAt.After(last) {
			last = a.EndsAt
		}
	}
	return t.Limits.pauseAfter(n, last, t.Now)
}

// Current returns an appointment as it is now.
func (t Terms) Current(a Appointment) Appointment { return a.at(t.Now, t.Offices) }

// QueueStore keeps queue numbers. A number is drawn and stored in one transaction, so that a line has no gap.
type QueueStore interface {
	// CheckIn makes a booked appointment of today Arrived and assigns a number to it; an appointment that has a number keeps it, also if its
	// person was absent.
	// Errors: ErrNotFound, ErrNotToday, ErrLate, ErrState if it was cancelled.
	CheckIn(ctx context.Context, c Arrival) (Number, error)
	// TakeNumber stores a number of a walk-in. An account that has an open one today gets that.
	// Errors: ErrCrowded, *LaterError, staff.ErrRepeated if the id exists.
	TakeNumber(ctx context.Context, n Number, limit int) (taken Number, created bool, err error)
	// CallNext calls the next number to a desk. Who was absent before their slot is called once it has begun. A call that was made gets
	// its number again and changes nothing. Errors: ErrNobody, *BusyError.
	CallNext(ctx context.Context, c Call) (Number, error)
	// CallAgain calls a number of today for which [Number.MayCallAgain] holds. A call that was made gets its number again and changes nothing.
	// Errors: ErrNotFound, ErrState, *BusyError.
	CallAgain(ctx context.Context, id string, c Call) (Number, error)
	// EndNumber ends a call of a number as served or absent. A number whose person is absent before their slot begins waits again. Idempotent.
	// Errors: ErrNotFound, ErrState if the number was called again since.
	EndNumber(ctx context.Context, e Ending) (Number, error)
	// Number returns one of an office. Errors: ErrNotFound.
	Number(ctx context.Context, office, id string) (Number, error)
	// NumberOf returns one of an account. Errors: ErrNotFound.
	NumberOf(ctx context.Context, accountID, id string) (Number, error)
	// NumbersOf returns those of an account on a day, newest first.
	NumbersOf(ctx context.Context, accountID string, day identity.Date) ([]Number, error)
	// Before returns how many are called before a waiting number.
	Before(ctx context.Context, n Number, now time.Time) (int, error)
	// QueueAt returns what waits and what is called at an office today, in the order of calls, and the last that ended.
	QueueAt(ctx context.Context, office string, now time.Time, limit int) ([]Number, error)
	// CallsAt returns the numbers that are called at an office today, newest first.
	CallsAt(ctx context.Context, office string, now time.Time, limit int) ([]Number, error)
	// NumberOfVisit returns the number of an office whose person is or was served in a visit. Errors: ErrNotFound.
	NumberOfVisit(ctx context.Context, office, visitID string) (Number, error)
	// AppointmentsAt returns what is booked at an office on a day, in order.
	AppointmentsAt(ctx context.Context, office string, day identity.Date, limit int) ([]Appointment, error)
}

// Arrival is somebody who comes with an appointment: by its code at an office, or by its account.
type Arrival struct {
	NumberID  string
	Office    string
	Code      string // "" if the account arrives
	AccountID string // "" if a clerk scans the code
	Now       time.Time
}

// Ending is the end of a call.
type Ending struct {
	Office   string
	NumberID string
	CallID   string // that ends
	To       QueueState
	Missed   bool // whether an absent person has missed their appointment
	Now      time.Time
}

// Call is the call of a clerk.
type Call struct {
	ID     string // "cal_…", by which a repetition is known
	Office string
	Desk   string
	Member string // id
	Now    time.Time
}
