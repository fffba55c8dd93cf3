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

// subjectsBudget limits how many persons one account may stand for in a day.
func subjectsBudget(l policy.Limits, accountID string) policy.Quota {
	return budget(l.Subjects, subjectsScope, accountID)
}

// startsBudget bounds the verifications that one account begins, and so the rows
// that it can make (R64).
func startsBudget(l policy.Limits, accountID string) policy.Quota {
	b := budget(l.Starts, "verifications", accountID)
	b.Keep = true
	return b
}

// consentsBudget bounds the acceptances that one account records (R64).
func consentsBudget(l policy.Limits, accountID string) policy.Quota {
	b := budget(l.Consents, "consents", accountID)
	b.Keep = true
	return b
}

// sparedTries is how many tries as one person every account has, even if others
// have used up the shared limit. So strangers who know a person's number and name
// cannot keep that person from a first verification (R12).
const sparedTries = 2

// budgetsOf returns the budgets that one try of a check is taken from, the
// account's own budget first (R12).
func budgetsOf(l policy.Limits, v Verification, kind policy.CheckKind) []policy.Quota {
	limits := l.Of(kind)
	begun := budget(limits.Starts, "starts", string(kind), v.AccountID)
	begun.Keep = true
	hidden := budget(limits.All, string(kind), "all", v.SubjectID)
	hidden.Hidden, hidden.Spared = true, sparedTries
	budgets := []policy.Quota{budget(limits.Own, string(kind), v.AccountID, v.SubjectID), begun, hidden}
	if kind == policy.BankCard {
		card := budget(l.Card, "card")
		card.Sent, card.ByCard = true, true
		budgets = append(budgets, card)
	}
	return budgets
}

// sourceBudgets returns what a try of a step is taken from by the rules of a
// provider.
func (s *Service) sourceBudgets(provider string, st step, now time.Time) []policy.Quota {
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

func budget(l policy.Limit, scope ...string) policy.Quota {
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
	shown := own(budgetsOf(s.deps.Limits, v, kind))
	now := s.now()
	states, err := s.deps.History.Budgets(ctx, identity.BankCard{}, shown, now)
	if err != nil {
		return policy.Tries{}, fmt.Errorf("reading tries left: %w", err)
	}
	tries := triesOf(shown, states, now)
	if kind == policy.Face {
		_, left, failed := s.leftFace(ctx, v)
		if failed != nil {
			return policy.Tries{}, failed
		}
		if left { // holds a try, with which the person can go on
			return policy.Tries{Left: tries.Left + 1}, nil
		}
	}
	if tries.Left == 0 && !startsSpent(shown, states, now) {
		tries.NextAt, err = s.sooner(ctx, v, kind, tries.NextAt)
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

// sooner returns when the first try is released that a left face holds, or next if
// that is earlier.
func (s *Service) sooner(ctx context.Context, v Verification, kind policy.CheckKind, next time.Time) (time.Time, error) {
	if kind != policy.Face {
		return next, nil
	}
	until, err := s.deps.History.LeftUntil(ctx, v.AccountID, v.SubjectID)
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
	if !e.Budget.Hidden {
		return e
	}
	return &ExhaustedError{Budget: e.Budget, NextAt: now.Add(e.Budget.Window)}
}

// noTry returns the error of a reservation that found no try left.
func (s *Service) noTry(ctx context.Context, st step, e *ExhaustedError) error {
	e = exhausted(e, s.now())
	if b := e.Budget; b.Hidden || b.Keep || b.ByCard || b.Source != "" {
		return e // not the person's own, or never given back
	}
	next, err := s.sooner(ctx, st.verification, st.check, e.NextAt)
	if err != nil {
		return err
	}
	return &ExhaustedError{Budget: e.Budget, NextAt: next}
}
