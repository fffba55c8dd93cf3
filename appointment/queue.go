package appointment

import (
	"fmt"
	"time"

	"renzheng/identity"
)

// Line is one of the two lines of a queue.
type Line string

// The lines.
const (
	Appointments Line = "A"
	WalkIns      Line = "B"
)

// QueueState is how far a queue number is.
type QueueState string

// The states of a queue number.
const (
	Waiting QueueState = "waiting"
	Called  QueueState = "called"
	Served  QueueState = "served"
	Absent  QueueState = "absent"
)

// Number is a queue number of an office and day.
type Number struct {
	ID            string // "que_…"
	Office        string
	Day           identity.Date
	Line          Line
	N             int
	AccountID     string    // "" for a walk-in whom a clerk gave it
	AppointmentID string    // "" for a walk-in
	SlotAt        time.Time // when the appointment begins; zero for a walk-in
	Slip          string    // how the id of the session begins; "" = none
	State         QueueState
	CallID        string // of the last call; its own id before that
	Desk          string
	CalledBy      string // id of the member
	TakenAt       time.Time
	CalledAt      time.Time
	EndedAt       time.Time
	VisitID       string // in which its person is served; "" = none
}

// Label returns the number as it is shown, such as A001.
func (n Number) Label() string { return fmt.Sprintf("%s%03d", n.Line, n.N) }

// MayCallAgain reports whether the person was absent when called: the number has ended, or waits for its time slot to begin.
func (n Number) MayCallAgain() bool {
	return n.State == Absent || n.State == Waiting && n.CallID != n.ID
}

// MaxDesk is the number of letters and digits of a desk.
const MaxDesk = 4

// isDesk reports whether a text names a desk, such as 3 or B2. It is shown on a screen, so it is nothing else.
func isDesk(text string) bool {
	if text == "" || len(text) > MaxDesk {
		return false
	}
	for _, c := range []byte(text) {
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return true
}
