package verification

import (
	"context"
	"errors"
	"fmt"
	"time"

	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

// conclusion is the outcome of an attempt.
type conclusion struct {
	attempt     Attempt
	portrait    []byte
	reusable    time.Time // the result cannot change before; see FaceResult
	nothingDone bool      // the provider surely did nothing
}

// settle records how an attempt ended, or that it is undecided. If another call was
// faster, its result is kept.
func (s *Service) settle(ctx context.Context, p Pending, end conclusion) error {
	left, skip, err := s.consequences(ctx, p.Verification, end.attempt)
	if err != nil {
		return err
	}
	out := settlement(p, end, left, skip, s.now())
	err = s.deps.Store.Settle(ctx, out)
	if code := stopOf(err); code != "" {
		out = stopped(out, code)
		err = s.deps.Store.Settle(ctx, out)
	}
	switch {
	case err == nil:
		s.countSettled(p.Verification, out)
	case !errors.Is(err, ErrConflict):
		return fmt.Errorf("settling an attempt: %w", err)
	}
	return nil
}

// consequences reads what the end of an attempt depends on: after a failure the
// tries left, after a pass an earlier bank card that counts again.
func (s *Service) consequences(ctx context.Context, v Verification, a Attempt) (left policy.Tries, skip *Check, err error) {
	switch a.State {
	case AttemptFailed:
		left, err = s.tries(ctx, v, a.Check)
	case AttemptPassed:
		skip, err = s.skippable(ctx, v, a.SettledAt)
	case AttemptOpen, AttemptCancelled, AttemptUnknown, AttemptUnresolved, AttemptSuperseded:
	}
	return left, skip, err
}

// skippable returns the bank card check as skipped, if it is still to be done and the
// same account passed it as the same subject within CardCounts (R13). A freeze is lifted
// by fresh checks only.
func (s *Service) skippable(ctx context.Context, v Verification, now time.Time) (*Check, error) {
	check := v.check(policy.BankCard)
	if v.Purpose == policy.Lift || check == nil || check.State != CheckPending {
		return nil, nil // nothing to skip is not an error
	}
	earlier, err := s.deps.Store.RecentPass(ctx, v.AccountID, v.SubjectID, policy.BankCard, now.Add(-CardCounts))
	if errors.Is(err, ErrNotFound) {
		return nil, nil // likewise
	}
	if err != nil {
		return nil, fmt.Errorf("reading earlier bank cards: %w", err)
	}
	return &Check{Kind: policy.BankCard, State: CheckSkipped, AttemptID: earlier.ID}, nil
}

// settlement returns the effect of a concluded attempt on its check and its
// verification. left is the tries that the person has left after this one. skip is an
// earlier pass that makes the following check unnecessary (R13).
func settlement(p Pending, end conclusion, left policy.Tries, skip *Check, now time.Time) Settlement {
	a := end.attempt
	out := Settlement{Attempt: a, Check: CheckPending, NothingDone: end.nothingDone}
	if awaitsResult(p.Attempt) {
		out.From = []AttemptState{AttemptOpen, AttemptUnknown}
	}
	if a.Undecided {
		out.NextQuery = later(nextQuery(a, now), end.reusable)
	}
	switch a.State {
	case AttemptPassed:
		out.Check, out.Skip, out.Portrait = CheckPassed, skip, end.portrait
		out.UnlessStopped = p.Verification.Purpose != policy.Lift
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

// stopOf returns the failure of a pass that a stop rejects, or "".
func stopOf(err error) failure.Code {
	switch {
	case errors.Is(err, ErrFrozen):
		return failure.NumberFrozen
	case errors.Is(err, ErrBarred):
		return failure.SubjectBarred
	}
	return ""
}

// stopped returns the settlement of a pass for a person who is stopped: the verification fails, and no try is used.
func stopped(out Settlement, code failure.Code) Settlement {
	a := ended(out.Attempt, AttemptFailed, code, out.Attempt.SettledAt)
	a.Level, a.Counted = "", false
	return Settlement{Attempt: a, From: out.From, Check: CheckFailed, Verification: Failed}
}

// stateAfterPass returns the state of a verification whose checks have all passed.
// Only access has a photo to accept (M-25).
func stateAfterPass(purpose policy.Purpose) State {
	if purpose == policy.Access {
		return AwaitingAcceptance
	}
	return Passed
}

// lastCheck reports whether no check is left once done has passed.
func lastCheck(v Verification, done policy.CheckKind, skip *Check) bool {
	for _, c := range v.Checks {
		skipped := skip != nil && c.Kind == skip.Kind
		if c.Kind != done && !skipped && c.State != CheckPassed && c.State != CheckSkipped {
			return false
		}
	}
	return true
}

// The intervals at which the worker queries again for an undecided attempt.
const (
	firstQuery   = 5 * time.Second // a busy provider is often back by then
	longestPause = time.Hour       // the interval grows with the attempt's age up to here
	queryFor     = 24 * time.Hour  // longer than any provider keeps a face open; Alipay has the longest, about 23 h
	quarter      = 4               // the interval is the attempt's age divided by this
)

// nextQuery returns when to query again for an undecided attempt. The interval grows
// with the age of the attempt.
func nextQuery(a Attempt, now time.Time) time.Time {
	return now.Add(min(longestPause, max(firstQuery, now.Sub(a.StartedAt)/quarter)))
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
