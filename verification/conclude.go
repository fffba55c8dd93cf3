package verification

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

// concludeSource ends an attempt with a data source. An attempt without an answer is
// unresolved: its result cannot be queried later, and a second query may lock the
// card (R11).
func concludeSource(a Attempt, d Decision, queryErr error, now time.Time) Attempt {
	switch {
	case errors.Is(queryErr, ErrNothingDone):
		return ended(a, AttemptCancelled, failure.ProviderBusy, now)
	case queryErr != nil || !d.decided():
		code := failure.TryAgainLater
		if a.Check == policy.BankCard {
			code = failure.CardUnresolved
		}
		return ended(a, AttemptUnresolved, code, now)
	case d.Outcome == OutcomePassed:
		return passed(a, d.Level, now)
	}
	return judged(a, d, now)
}

// concludeDocument ends a document attempt, or leaves it unknown while the authority
// can still be queried. A pass is about the document, not about the moment, so it
// counts as long as the verification is open.
func concludeDocument(p Pending, d Decision, queryErr error, now time.Time) Attempt {
	a := p.Attempt
	switch {
	case errors.Is(queryErr, ErrNothingDone):
		return ended(a, AttemptCancelled, failure.ProviderBusy, now)
	case (queryErr != nil || !d.decided()) && now.Sub(a.StartedAt) < queryFor:
		return inDoubt(a)
	case queryErr != nil || !d.decided():
		return ended(a, AttemptUnresolved, failure.TryAgainLater, now)
	case d.Outcome == OutcomePassed && p.Verification.State != Open:
		return ended(a, AttemptCancelled, failure.TryAgainLater, now)
	case d.Outcome == OutcomePassed:
		return passed(a, d.Level, now)
	}
	return judged(a, d, now)
}

// inDoubt leaves an attempt undecided because its provider could not be queried.
func inDoubt(a Attempt) Attempt {
	if awaitsResult(a) {
		a.State = AttemptUnknown
	}
	a.Undecided = true
	return a
}

// decided reports whether the provider answered.
func (d Decision) decided() bool { return d.Outcome == OutcomePassed || d.Outcome == OutcomeFailed }

// judged ends an attempt that did not pass. It is not counted if nothing was
// compared.
func judged(a Attempt, d Decision, now time.Time) Attempt {
	a = failed(a, d.Failure, now)
	a.Counted = a.Counted && !d.Uncounted
	return a
}

func passed(a Attempt, level string, now time.Time) Attempt {
	a.Level = cmp.Or(level, a.Provider)
	return ended(a, AttemptPassed, "", now)
}

// failed ends an attempt that did not pass. It is cancelled if the provider judged
// neither the person nor what was typed.
func failed(a Attempt, code failure.Code, now time.Time) Attempt {
	entry := failure.Lookup(code)
	undecided := []failure.Code{failure.FaceCancelled, failure.FaceNotFinished, failure.FaceDevice, failure.RiskRefused}
	state := AttemptFailed
	if entry.Kind == failure.KindTechnical || slices.Contains(undecided, entry.Code) {
		state = AttemptCancelled
	}
	a.Counted = entry.Counted
	return ended(a, state, entry.Code, now)
}

func ended(a Attempt, state AttemptState, code failure.Code, now time.Time) Attempt {
	a.State, a.Failure, a.SettledAt, a.Undecided = state, code, now, false
	return a
}
