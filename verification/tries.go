package verification

import (
	"context"
	"errors"
	"fmt"
	"time"

	"renzheng/identity"
	"renzheng/verification/policy"
)

// triesOf returns the tries that are left of quotas whose states are in the same
// order. The quota with the fewest tries decides. NextAt is the end of the last
// window without a try.
func triesOf(quotas []policy.Quota, states []policy.QuotaState, now time.Time) policy.Tries {
	tries := policy.Tries{}
	for i, b := range quotas {
		used := states[i].Used
		if !states[i].EndsAt.After(now) {
			used = 0 // its window is over
		}
		left := max(0, b.Limit-used)
		if i == 0 || left < tries.Left {
			tries.Left = left
		}
		if left == 0 && states[i].EndsAt.After(tries.NextAt) {
			tries.NextAt = states[i].EndsAt
		}
	}
	return tries
}

// tries returns the tries that are left for a check of v.
func (s *Service) tries(ctx context.Context, v Verification, kind policy.CheckKind) (policy.Tries, error) {
	shown := own(quotasOf(s.Limits(), v, kind))
	now := s.now()
	states, err := s.deps.Store.Quotas(ctx, identity.BankCard{}, shown, now)
	if err != nil {
		return policy.Tries{}, fmt.Errorf("reading tries left: %w", err)
	}
	tries := triesOf(shown, states, now)
	if kind == policy.Face {
		left, failed := s.leftFace(ctx, v)
		if failed != nil {
			return policy.Tries{}, failed
		}
		if left != nil { // it holds a try that the person can go on with
			return policy.Tries{Left: tries.Left + 1}, nil
		}
	}
	if tries.Left == 0 && !startsSpent(shown, states, now) {
		tries.NextAt, err = s.nextTryAt(ctx, v, kind, tries.NextAt)
	}
	return tries, err
}

// TriesLeft returns the tries that an account has left for a check as a person, as it is shown them, and when more are possible if none is left.
func (s *Service) TriesLeft(ctx context.Context, accountID, subjectID, check string) (left int, next time.Time, err error) {
	tries, err := s.tries(ctx, Verification{AccountID: accountID, SubjectID: subjectID}, policy.CheckKind(check))
	return tries.Left, tries.NextAt, err
}

// startsSpent reports whether a quota is used up whose tries are never released.
func startsSpent(quotas []policy.Quota, states []policy.QuotaState, now time.Time) bool {
	for i, b := range quotas {
		if b.Keep && states[i].Used >= b.Limit && states[i].EndsAt.After(now) {
			return true
		}
	}
	return false
}

// nextTryAt returns when the first try is released that an abandoned face holds, or
// next if that is earlier.
func (s *Service) nextTryAt(ctx context.Context, v Verification, kind policy.CheckKind, next time.Time) (time.Time, error) {
	if kind != policy.Face {
		return next, nil
	}
	until, err := s.deps.Store.LeftUntil(ctx, v.AccountID, v.SubjectID)
	switch {
	case errors.Is(err, ErrNotFound):
		return next, nil
	case err != nil:
		return next, fmt.Errorf("reading the tries that are held: %w", err)
	case until.Before(next):
		return until, nil
	}
	return next, nil
}

// noTry returns the error of a reservation that found no try left.
func (s *Service) noTry(ctx context.Context, st step, e *ExhaustedError) error {
	e = exhausted(e, s.now())
	if b := e.Quota; b.Hidden || b.Keep || b.ByCard || b.Source != "" {
		return e // not the person's own, or never released
	}
	next, err := s.nextTryAt(ctx, st.verification, st.check, e.NextAt)
	if err != nil {
		return err
	}
	return &ExhaustedError{Quota: e.Quota, NextAt: next}
}
