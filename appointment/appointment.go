package appointment

import "time"

// State is how far an appointment is.
type State string

// The states.
const (
	Booked    State = "booked"
	Cancelled State = "cancelled"
	Arrived   State = "arrived" // checked in: there is a queue number
	Missed    State = "missed"
	Withdrawn State = "withdrawn" // by the office, which is not open any more at its time
)

// Appointment is a place in a time slot of an office.
type Appointment struct {
	ID        string // "apt_…"
	Code      string // to be scanned or read out, as "A-7K2M-93QF"; no secret
	AccountID string
	Office    string
	StartsAt  time.Time
	EndsAt    time.Time
	Slip      string // how the id of the session begins that booked it
	Failure   string // of the catalogue; "" = none
	AppealID  string // "" = none
	State     State
	CreatedAt time.Time
}

// codeLetter is how codes of appointments begin.
const codeLetter = "A"

// at returns the appointment as it is at a time under the hours of the offices, whether or not a worker has come by: one whose slot is
// over was missed, unless the office has withdrawn it.
func (a Appointment) at(now time.Time, offices Offices) Appointment {
	switch {
	case offices.withdrew(a):
		a.State = Withdrawn
	case a.State == Booked && !now.Before(a.EndsAt):
		a.State = Missed
	}
	return a
}

// Limits keep accounts from hoarding places.
type Limits struct {
	PerDay int           // bookings and changes of one account in 24 h
	Misses int           // missed appointments within MissWindow after which the account pauses
	Pause  time.Duration // since the last missed one
}

// MissWindow is how long a missed appointment counts.
const MissWindow = 30 * 24 * time.Hour

// DefaultLimits returns the limits that apply unless an operator sets others.
func DefaultLimits() Limits { return Limits{PerDay: 5, Misses: 2, Pause: 14 * 24 * time.Hour} }

// Pause is how many appointments an account missed, and until when it therefore cannot book.
type Pause struct {
	Missed int       // within MissWindow
	Until  time.Time // zero if it can book
}

// pauseAfter returns the pause of an account that missed n appointments, the last of which ended then.
func (l Limits) pauseAfter(n int, last, now time.Time) Pause {
	p := Pause{Missed: n}
	if until := last.Add(l.Pause); n >= l.Misses && until.After(now) {
		p.Until = until
	}
	return p
}
