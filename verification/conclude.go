package verification

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

// concludeSource ends an attempt with a data source. What it did not answer is
// unresolved: it cannot be asked for, and asking twice may lock the card (R11).
func concludeSource(a Attempt, said Decision, asked error, now time.Time) Attempt {
	switch {
	case errors.Is(asked, ErrNothingDone):
		return ended(a, AttemptCancelled, failure.ProviderBusy, now)
	case asked != nil || !said.decided():
		code := failure.TryAgainLater
		if a.Check == policy.BankCard {
			code = failure.CardUnresolved
		}
		return ended(a, AttemptUnresolved, code, now)
	case said.Outcome == OutcomePassed:
		return passed(a, said.Level, now)
	}
	return judged(a, said, now)
}

// concludeDocument ends a document attempt, or leaves it unknown while the
// authority may still be asked. A pass holds for the document, not for the
// moment, so that it counts as long as the verification is open.
func concludeDocument(p Pending, said Decision, asked error, now time.Time) Attempt {
	a := p.Attempt
	switch {
	case errors.Is(asked, ErrNothingDone):
		return ended(a, AttemptCancelled, failure.ProviderBusy, now)
	case (asked != nil || !said.decided()) && now.Sub(a.StartedAt) < queryFor:
		return inDoubt(a)
	case asked != nil || !said.decided():
		return ended(a, AttemptUnresolved, failure.TryAgainLater, now)
	case said.Outcome == OutcomePassed && p.Verification.State != Open:
		return ended(a, AttemptCancelled, failure.TryAgainLater, now)
	case said.Outcome == OutcomePassed:
		return passed(a, said.Level, now)
	}
	return judged(a, said, now)
}

// inDoubt leaves an attempt undecided because its provider could not be asked.
func inDoubt(a Attempt) Attempt {
	if awaitsResult(a) {
		a.State = AttemptUnknown
	}
	a.Undecided = true
	return a
}

// decided reports whether the provider answered.
func (d Decision) decided() bool { return d.Outcome == OutcomePassed || d.Outcome == OutcomeFailed }

// judged ends an attempt that did not pass, uncounted where nothing was compared.
func judged(a Attempt, said Decision, now time.Time) Attempt {
	a = failed(a, said.Failure, now)
	a.Counted = a.Counted && !said.Uncounted
	return a
}

func passed(a Attempt, level string, now time.Time) Attempt {
	a.Level = cmp.Or(level, a.Provider)
	return ended(a, AttemptPassed, "", now)
}

// failed ends an attempt that did not pass. Where the provider judged neither
// the person nor what was typed, it is cancelled.
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
