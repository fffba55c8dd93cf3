package operations

import (
	"context"
	"fmt"
	"strings"
	"time"

	"renzheng/rights"
	"renzheng/staff"
)

// TraceKey is what a trace is found by. Exactly one field is set.
type TraceKey struct {
	SessionPrefix  string // beginning of a session's id, at least minSession characters so that it fits few sessions
	VerificationID string
	Ticket         string // id or code of a ticket of technical support
}

// Prefixes of ids and codes.
const (
	sessionPrefix      = "ses_"
	verificationPrefix = "ver_"
	ticketPrefix       = "tkt_"
	ticketCodePrefix   = "T-"
)

// minSession is the least length of the beginning of a session's id: as much as a slip code has.
const minSession = len(sessionPrefix) + 10

// ParseTraceKey parses what an operator typed: the id of a session or verification, the id or code of a ticket, or a slip code, from
// which slip returns the beginning of a session's id. It returns false for anything else, such as a request id, which is only in the
// access log.
func ParseTraceKey(text string, slip func(code string) (prefix string, ok bool)) (TraceKey, bool) {
	text = strings.TrimSpace(text)
	code := strings.ToUpper(text)
	switch {
	case strings.HasPrefix(text, sessionPrefix):
		return TraceKey{SessionPrefix: text}, len(text) >= minSession
	case strings.HasPrefix(text, verificationPrefix):
		return TraceKey{VerificationID: text}, true
	case strings.HasPrefix(text, ticketPrefix):
		return TraceKey{Ticket: text}, true
	case strings.HasPrefix(code, ticketCodePrefix):
		return TraceKey{Ticket: code}, true
	}
	prefix, ok := slip(text)
	return TraceKey{SessionPrefix: prefix}, ok
}

// Trace is what was tried in one verification, or a session that has begun none. It names nobody, but belongs to one person.
type Trace struct {
	SessionID      string
	VerificationID string // "" if the session has begun none
	Channel        string
	Purpose        string
	State          string // of the verification
	BeganAt        time.Time
	EndedAt        time.Time // zero while it is open
	Steps          []Step    // in the order in which they were started
}

// Step is one attempt of a check.
type Step struct {
	AttemptID string
	Check     string
	Provider  string
	State     string
	Failure   string // code of the catalogue; "" if it passed or is open
	Counted   bool   // whether it used up a try
	StartedAt time.Time
	SettledAt time.Time // zero while it is open
}

// TraceStore reads what was tried. Safe for concurrent use.
type TraceStore interface {
	// RevealTrace records the access for every person to whom the traces belong, and then reads them in the same transaction.
	// Errors: ErrNotFound, rights.ErrOwn if one of the persons is the member.
	RevealTrace(ctx context.Context, a rights.StaffAccess, k TraceKey) ([]Trace, error)
}

// RevealTrace returns what was tried, for the purpose of technical support. The persons to whom it belongs see the access.
// Errors: ErrNotFound, rights.ErrPurpose if no role of the member allows it, rights.ErrOwn.
func RevealTrace(ctx context.Context, s TraceStore, m staff.Member, k TraceKey, now time.Time) ([]Trace, error) {
	a, err := rights.NewStaffAccess(m, staff.ForSupport, "", now)
	if err != nil {
		return nil, fmt.Errorf("tracing: %w", err)
	}
	return s.RevealTrace(ctx, a, k)
}
