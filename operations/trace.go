package operations

import (
	"context"
	"fmt"
	"strings"
	"time"

	"renzheng/rights"
	"renzheng/staff"
)

// TraceKey is what a trace is found by. One of the members is set.
type TraceKey struct {
	SessionPrefix  string // how the id of a session begins, as a slip code says; long enough to be of few sessions
	VerificationID string
	Ticket         string // id or code of a ticket of technical support
}

// Beginnings of ids, and how much of a session's id a slip code has.
const (
	sessionIDs      = "ses_"
	verificationIDs = "ver_"
	ticketIDs       = "tkt_"
	ticketCodes     = "T-"
	minSession      = len(sessionIDs) + 10
)

// ParseTraceKey reads what an operator was told: the id of a session or a verification, the id or code of a ticket, or a slip code,
// which slip turns into the beginning of a session's id. It returns false for anything else, such as a request id, which only the access log has.
func ParseTraceKey(text string, slip func(code string) (prefix string, ok bool)) (TraceKey, bool) {
	text = strings.TrimSpace(text)
	code := strings.ToUpper(text)
	switch {
	case strings.HasPrefix(text, sessionIDs):
		return TraceKey{SessionPrefix: text}, len(text) >= minSession
	case strings.HasPrefix(text, verificationIDs):
		return TraceKey{VerificationID: text}, true
	case strings.HasPrefix(text, ticketIDs):
		return TraceKey{Ticket: text}, true
	case strings.HasPrefix(code, ticketCodes):
		return TraceKey{Ticket: code}, true
	}
	prefix, ok := slip(text)
	return TraceKey{SessionPrefix: prefix}, ok
}

// Trace is what was tried in one verification, or that a session began none. It names no person, but all of it belongs to one.
type Trace struct {
	SessionID      string
	VerificationID string // "" if the session has begun none
	Channel        string
	Purpose        string
	State          string
	BeganAt        time.Time
	EndedAt        time.Time // zero while it is open
	Steps          []Step
}

// Step is one attempt of a check.
type Step struct {
	AttemptID string
	Check     string
	Provider  string
	State     string
	Failure   string // "" if it passed or is open
	Counted   bool   // it used up a try
	StartedAt time.Time
	SettledAt time.Time // zero while it is open
}

// TraceStore shows what was tried.
type TraceStore interface {
	// RevealTrace returns what was tried, after it has recorded the access for every person whose steps these are, in one transaction with
	// their reading. Errors: ErrNotFound; rights.ErrOwn if one of them is the member.
	RevealTrace(ctx context.Context, a rights.StaffAccess, k TraceKey) ([]Trace, error)
}

// RevealTrace returns what was tried, for technical support. The persons concerned see that somebody looked. Errors: ErrNotFound, rights.ErrPurpose, rights.ErrOwn.
func RevealTrace(ctx context.Context, s TraceStore, m staff.Member, k TraceKey, now time.Time) ([]Trace, error) {
	a, err := rights.NewStaffAccess(m, staff.ForSupport, "", now)
	if err != nil {
		return nil, fmt.Errorf("tracing: %w", err)
	}
	return s.RevealTrace(ctx, a, k)
}
