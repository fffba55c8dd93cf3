package policy

import (
	"strings"
	"time"

	"renzheng/verification/failure"
)

// Quota is a limit on tries of one kind in one window (R12). It is reserved
// before the provider is called and released when the try does not count.
type Quota struct {
	Scope  string        // stable key of what is limited, e.g. "face|acc_1|sub_2"; no personal data
	Limit  int           // tries per window
	Window time.Duration // from the first try in it
	Keep   bool          // counted whatever the outcome, as starts are
	Hidden bool          // shared with other people: it limits, but its numbers are never shown
	Spared int           // the first tries of the account's own quota, which this quota counts but never rejects (R12)
	ByCard bool          // the store appends the keyed hash of Reservation.Card to Scope
	Sent   bool          // counts what was sent: kept unless the provider surely did nothing
	Source string        // the provider whose rule it is, "*" for all of them; "" if it is not one of SourceRules

	LockedBy []failure.Code // an attempt that fails with one of them uses up the whole quota
}

// Kind returns what a quota limits, in one word: account, subject (all accounts
// together), card, source (a rule of a data source), or the first part of its scope,
// such as starts. It is never personal.
func (q Quota) Kind() string {
	first, rest, _ := strings.Cut(q.Scope, "|")
	switch {
	case q.Source != "":
		return "source"
	case q.ByCard:
		return "card"
	case q.Hidden:
		return "subject"
	case !q.Keep && strings.Count(rest, "|") == 1 && first != "subjects":
		return "account"
	}
	return first
}

// QuotaState is the used part of a quota.
type QuotaState struct {
	Used   int
	EndsAt time.Time // end of the running window; zero if none is running
}

// Tries is what the person is shown: the tries left for the next check and, if none
// is left, when more are possible.
type Tries struct {
	Left   int
	NextAt time.Time // zero while tries are left
}
