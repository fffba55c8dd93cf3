package verification

import (
	"slices"
	"strings"
	"time"

	"renzheng/identity"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

const subjectsScope = "subjects"

// subjectsQuota limits how many people one account verifies in a day, which ends at
// midnight in Beijing.
func subjectsQuota(l policy.Limits, accountID string, now time.Time) policy.Quota {
	q := quota(l.Subjects, subjectsScope, accountID, identity.DateAt(now).String())
	q.Window = identity.EndOfDay(now).Sub(now)
	return q
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

// quotasOf returns the quotas that one try of a check is taken from, the account's
// own quota first (R12).
func quotasOf(l policy.Limits, v Verification, kind policy.CheckKind) []policy.Quota {
	limits := l.Of(kind)
	begun := quota(limits.Starts, "starts", string(kind), v.AccountID)
	begun.Keep = true
	hidden := quota(limits.All, string(kind), "all", v.SubjectID)
	hidden.Hidden, hidden.Spared = true, sparedTries
	quotas := []policy.Quota{quota(limits.Own, string(kind), v.AccountID, v.SubjectID), begun, hidden}
	if kind == policy.BankCard {
		card := quota(l.Card, "card")
		card.Sent, card.ByCard = true, true
		quotas = append(quotas, card)
	}
	return quotas
}

// unhidden removes the quotas that other people use up too. They must stop neither a
// person who has passed as this subject before nor one who uses the channel's own
// record of the account: a stranger could lock them out.
func unhidden(quotas []policy.Quota) []policy.Quota {
	return slices.DeleteFunc(quotas, func(b policy.Quota) bool { return b.Hidden })
}

// own returns the quotas that only the person uses up, and that the person is shown.
func own(quotas []policy.Quota) []policy.Quota {
	return slices.DeleteFunc(quotas, func(b policy.Quota) bool { return b.Hidden || b.ByCard || b.Source != "" })
}

func quota(l policy.Limit, scope ...string) policy.Quota {
	return policy.Quota{Scope: strings.Join(scope, "|"), Limit: l.Tries, Window: l.Window}
}

// exhausted hides what other people's tries would reveal: when the first of them was.
func exhausted(e *ExhaustedError, now time.Time) *ExhaustedError {
	if !e.Quota.Hidden {
		return e
	}
	return &ExhaustedError{Quota: e.Quota, NextAt: now.Add(e.Quota.Window)}
}

// Failure returns the catalogue entry to show: CardLocked for a rule of the card
// networks, AccountLimit for too many persons, and TriesExhausted otherwise.
func (e *ExhaustedError) Failure() failure.Code {
	switch {
	case e.Quota.ByCard:
		return failure.CardLocked
	case strings.HasPrefix(e.Quota.Scope, subjectsScope):
		return failure.AccountLimit
	}
	return failure.TriesExhausted
}
