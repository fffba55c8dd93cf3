package verification

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

// How often the worker asks again for an undecided attempt.
const (
	firstQuery   = 5 * time.Second // a busy provider is often back by then
	longestPause = time.Hour       // the interval grows with the attempt's age up to here
	queryFor     = 24 * time.Hour  // longer than any provider keeps a face open; Alipay has the longest, about 23 h
	quarter      = 4               // the interval is the attempt's age divided by this
)

// concludeFace ends a face attempt by the answer to our own query, or by the
// error of it. It returns false while there is nothing to write down.
//
// A pass counts only with the provider's own verdict of liveness (R14), within
// its time (R5) and while the verification is open. A face whose time is over, or
// that the person left, ends for the person. It stays undecided, and keeps its
// try, as long as the provider may still judge it (R63).
func concludeFace(p Pending, r FaceResult, queryErr error, now time.Time) (Attempt, bool) {
	a, late := p.Attempt, !now.Before(p.Attempt.ExpiresAt)
	switch {
	case queryErr != nil || r.Outcome == OutcomePending:
		return unjudged(a, queryErr, now)
	case r.Outcome == OutcomePassed && !r.Liveness:
		return failed(a, failure.FaceLiveness, now), true
	case r.Outcome == OutcomePassed && (late || p.Verification.State != Open):
		return ended(a, AttemptCancelled, failure.FaceNotFinished, now), true
	case r.Outcome == OutcomePassed:
		return passed(a, r.Level, now), true
	case now.Before(r.Reusable) && decidable(a, now):
		return leftOpen(a, r.Failure, now), true
	}
	return failed(a, r.Failure, now), true
}

// decidable reports whether the provider may still judge a face.
func decidable(a Attempt, now time.Time) bool {
	return a.ProviderID != "" && now.Sub(a.StartedAt) < queryFor
}

// unjudged returns what becomes of an attempt for which the query returned no
// verdict, and whether there is anything to record.
func unjudged(a Attempt, queryErr error, now time.Time) (Attempt, bool) {
	switch {
	case queryErr != nil && decidable(a, now):
		return inDoubt(a), true
	case queryErr == nil && awaitsResult(a) && now.Before(a.ExpiresAt):
		return a, false
	case decidable(a, now):
		return leftOpen(a, failure.FaceNotFinished, now), true
	}
	return ended(a, AttemptCancelled, failure.FaceNotFinished, now), true
}

// inDoubt leaves an attempt undecided because its provider could not be asked.
func inDoubt(a Attempt) Attempt {
	if awaitsResult(a) {
		a.State = AttemptUnknown
	}
	a.Undecided = true
	return a
}

// leftOpen ends an attempt for the person and leaves it undecided, because the
// provider may still judge its face.
func leftOpen(a Attempt, code failure.Code, now time.Time) Attempt {
	if awaitsResult(a) {
		a = ended(a, AttemptCancelled, code, now)
	}
	a.Undecided = true
	return a
}

// concludeOnce ends an attempt with a data source. What it did not answer is
// unresolved: it cannot be asked for, and asking twice may lock the card (R11).
func concludeOnce(a Attempt, said Decision, asked error, now time.Time) Attempt {
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

// settlement says what a concluded attempt does to its check and verification.
// left is what the person has of tries, this one included in the used; skip is
// an earlier pass that makes the following check needless (R13).
func settlement(p Pending, a Attempt, left policy.Tries, skip *Check) Settlement {
	out := Settlement{Attempt: a, Check: CheckPending}
	if awaitsResult(p.Attempt) {
		out.From = []AttemptState{AttemptOpen, AttemptUnknown}
	}
	switch a.State {
	case AttemptPassed:
		out.Check, out.Skip = CheckPassed, skip
		if lastCheck(p.Verification, a.Check, skip) {
			out.Verification = stateAfterPass(p.Verification.Purpose)
			out.UsableUntil = a.SettledAt.Add(UsableFor)
		}
	case AttemptFailed:
		if a.Counted && left.Left == 0 {
			out.Check, out.Verification = CheckFailed, Failed
		}
	case AttemptUnknown, AttemptOpen:
		out.Check = CheckOpen
	case AttemptCancelled, AttemptUnresolved, AttemptSuperseded:
	}
	return out
}

// stateAfterPass is the state of a verification whose checks have all passed: only for
// access is there a photo to accept (M-25).
func stateAfterPass(purpose policy.Purpose) State {
	if purpose == policy.Access {
		return AwaitingAcceptance
	}
	return Passed
}

// lastCheck tells whether nothing is left once done has passed.
func lastCheck(v Verification, done policy.CheckKind, skip *Check) bool {
	for _, c := range v.Checks {
		skipped := skip != nil && c.Kind == skip.Kind
		if c.Kind != done && !skipped && c.State != CheckPassed && c.State != CheckSkipped {
			return false
		}
	}
	return true
}

// nextQuery returns when to ask again for an undecided attempt. The interval grows
// with the age of the attempt.
func nextQuery(a Attempt, now time.Time) time.Time {
	return now.Add(min(longestPause, max(firstQuery, now.Sub(a.StartedAt)/quarter)))
}
