package verification

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"renzheng/identity"
	"renzheng/verification/policy"
)

const subjectsScope = "subjects"

// subjectsQuota limits how many persons one account may stand for in a day.
func subjectsQuota(l policy.Limits, accountID string) policy.Quota {
	return quota(l.Subjects, subjectsScope, accountID)
}

// startsQuota bounds the verifications that one account begins, and so the rows
// that it can make (R64).
func startsQuota(l policy.Limits, accountID string) policy.Quota {
	b := quota(l.Starts, "verifications", accountID)
	b.Keep = true
	return b
}

// consentsQuota bounds the acceptances that one account records (R64).
func consentsQuota(l policy.Limits, accountID string) policy.Quota {
	b := quota(l.Consents, "consents", accountID)
	b.Keep = true
	return b
}

// sparedTries is how many tries as one person every account has, even if others
// have used up the shared limit. So strangers who know a person's number and name
// cannot keep that person from a first verification (R12).
const sparedTries = 2

// quotasOf returns the budgets that one try of a check is taken from, the
// account's own budget first (R12).
func quotasOf(l policy.Limits, v Verification, kind policy.CheckKind) []policy.Quota {
	limits := l.Of(kind)
	begun := quota(limits.Starts, "starts", string(kind), v.AccountID)
	begun.Keep = true
	hidden := quota(limits.All, string(kind), "all", v.SubjectID)
	hidden.Hidden, hidden.Spared = true, sparedTries
	budgets := []policy.Quota{quota(limits.Own, string(kind), v.AccountID, v.SubjectID), begun, hidden}
	if kind == policy.BankCard {
		card := quota(l.Card, "card")
		card.Sent, card.ByCard = true, true
		budgets = append(budgets, card)
	}
	return budgets
}

// sourceQuotas returns what a try of a step is taken from by the rules of a
// provider.
func (s *Service) sourceQuotas(provider string, st step, now time.Time) []policy.Quota {
	return s.deps.Sources.Budgets(provider, st.check, st.verification.SubjectID, now)
}

// unhidden leaves out what other people use up too: it must not stop who has
// passed as this subject before, nor who uses the channel's own record of the
// account, or a stranger could lock a person out.
func unhidden(budgets []policy.Quota) []policy.Quota {
	return slices.DeleteFunc(budgets, func(b policy.Quota) bool { return b.Hidden })
}

// own leaves what the person alone uses up, and is told of.
func own(budgets []policy.Quota) []policy.Quota {
	return slices.DeleteFunc(budgets, func(b policy.Quota) bool { return b.Hidden || b.ByCard || b.Source != "" })
}

func quota(l policy.Limit, scope ...string) policy.Quota {
	return policy.Quota{Scope: strings.Join(scope, "|"), Limit: l.Tries, Window: l.Window}
}

// triesOf tells what is left of budgets whose states are in the same order: the
// scarcest decides, and the last window to end says when there is more.
func triesOf(budgets []policy.Quota, states []policy.QuotaState, now time.Time) policy.Tries {
	tries := policy.Tries{}
	for i, b := range budgets {
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

// tries reads what is left for a check of v.
func (s *Service) tries(ctx context.Context, v Verification, kind policy.CheckKind) (policy.Tries, error) {
	shown := own(quotasOf(s.deps.Limits, v, kind))
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
		if left != nil { // holds a try, with which the person can go on
			return policy.Tries{Left: tries.Left + 1}, nil
		}
	}
	if tries.Left == 0 && !startsSpent(shown, states, now) {
		tries.NextAt, err = s.nextTryAt(ctx, v, kind, tries.NextAt)
	}
	return tries, err
}

// startsSpent reports whether a budget is used up whose tries are never released.
func startsSpent(budgets []policy.Quota, states []policy.QuotaState, now time.Time) bool {
	for i, b := range budgets {
		if b.Keep && states[i].Used >= b.Limit && states[i].EndsAt.After(now) {
			return true
		}
	}
	return false
}

// nextTryAt returns when the first try is released that a left face holds, or next if
// that is earlier.
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

// exhausted hides what other people's tries would show: when the first of them was.
func exhausted(e *ExhaustedError, now time.Time) *ExhaustedError {
	if !e.Quota.Hidden {
		return e
	}
	return &ExhaustedError{Quota: e.Quota, NextAt: now.Add(e.Quota.Window)}
}

// noTry returns the error of a reservation that found no try left.
func (s *Service) noTry(ctx context.Context, st step, e *ExhaustedError) error {
	e = exhausted(e, s.now())
	if b := e.Quota; b.Hidden || b.Keep || b.ByCard || b.Source != "" {
		return e // not the person's own, or never given back
	}
	next, err := s.nextTryAt(ctx, st.verification, st.check, e.NextAt)
	if err != nil {
		return err
	}
	return &ExhaustedError{Quota: e.Quota, NextAt: next}
}
