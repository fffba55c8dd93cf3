package appointment

import (
	"errors"
	"time"
)

// Errors of the rules.
var (
	// ErrNotFound reports that there is no such appointment, number or office, or that it is another account's or office's.
	ErrNotFound = errors.New("no such appointment or queue number")
	// ErrNoSlot reports that the office has no such time slot, or that it has begun.
	ErrNoSlot = errors.New("not a time slot of the office")
	// ErrFull reports that every place of the time slot is taken.
	ErrFull = errors.New("the time slot is full")
	// ErrOpen reports that the account has an appointment already.
	ErrOpen = errors.New("the account has an appointment")
	// ErrState reports that the appointment or number is in another state.
	ErrState = errors.New("the appointment or number is in another state")
	// ErrClosed reports that the office hands out no numbers now.
	ErrClosed = errors.New("the office is closed now")
	// ErrCrowded reports that MaxFromPhones numbers that were taken with phones wait.
	ErrCrowded = errors.New("too many wait who took their number with a phone")
	// ErrNotToday reports that the appointment is on another day.
	ErrNotToday = errors.New("the appointment is on another day")
	// ErrLate reports that the time slot of the appointment is over.
	ErrLate = errors.New("the time slot of the appointment is over")
	// ErrNobody reports that nobody waits.
	ErrNobody = errors.New("nobody waits")
	// ErrRole reports that the member lacks the role.
	ErrRole = errors.New("the member lacks the role")
	// ErrDesk reports that a desk is not up to MaxDesk letters and digits.
	ErrDesk = errors.New("a desk must be letters and digits")
	// ErrReason reports that what an appointment is for is no failure of the catalogue, or no appeal of the account.
	ErrReason = errors.New("the appointment is for no known failure or appeal")
)

// BusyError reports that the desk or the member has called a number that nobody has ended.
type BusyError struct{ Number Number }

// Error returns the rule.
func (e *BusyError) Error() string { return "the desk or the member has an open call" }

// LaterError reports that the account has booked as often as it may.
type LaterError struct{ At time.Time }

// Error returns the rule.
func (e *LaterError) Error() string { return "the account may not book before a later time" }

// PausedError reports that the account missed too many appointments to book now.
type PausedError struct{ Until time.Time }

// Error returns the rule.
func (e *PausedError) Error() string { return "the account missed too many appointments" }
