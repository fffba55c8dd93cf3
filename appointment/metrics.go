package appointment

import "time"

// Metrics counts what happens, by office. Safe for concurrent use.
type Metrics interface {
	// AppointmentMoved counts an appointment that was booked or reached a state.
	AppointmentMoved(office string, to State)
	// NumberCalled counts a call and how long its person waited: since the number was taken, or since the slot began.
	NumberCalled(office string, line Line, waited time.Duration)
}

// waited returns how long the person of a called number has waited.
func waited(n Number) time.Duration {
	since := n.TakenAt
	if n.SlotAt.After(since) {
		since = n.SlotAt
	}
	return max(0, n.CalledAt.Sub(since))
}
