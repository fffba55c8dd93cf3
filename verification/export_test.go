package verification

import (
	"time"

	"renzheng/identity"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

// The pure rules, for tests.
var (
	QuotasOf        = quotasOf
	SubjectsQuota   = subjectsQuota
	Unhidden        = unhidden
	Own             = own
	TriesOf         = triesOf
	Exhausted       = exhausted
	ConcludeFace    = concludeFace
	NextQuery       = nextQuery
	CurrentState    = currentState
	Allows          = allows
	NextFailure     = nextFailure
	Ranked          = ranked
	RequiredNotices = requiredNotices
	Match           = match
)

// SettlementOf returns what an attempt does to its check and verification.
func SettlementOf(p Pending, a Attempt, left policy.Tries, skip *Check) Settlement {
	return settlement(p, conclusion{attempt: a}, left, skip, a.SettledAt)
}

// Choose returns the providers of a check, of those that are configured.
func Choose(configured []policy.Provider, kind policy.CheckKind, all []policy.Switch, now time.Time) ([]string, identity.Text, error) {
	choice, err := choose(configured, kind, policy.Switches{All: all, At: now}, "ver_1")
	return choice.providers, choice.note, err
}

// SourceQuotas returns the quotas of all sources together, and those of one.
func SourceQuotas(s *policy.SourceRules, provider string, v Verification, kind policy.CheckKind, now time.Time) []policy.Quota {
	return append(s.Quotas(policy.EveryProvider, kind, v.SubjectID, now), s.Quotas(provider, kind, v.SubjectID, now)...)
}

// Conclude ends an attempt of any check by a provider's failure.
func Conclude(p Pending, code failure.Code, now time.Time) Attempt {
	switch d := (Decision{Outcome: OutcomeFailed, Failure: code}); p.Attempt.Check {
	case policy.BankCard, policy.FourElements:
		return concludeSource(p.Attempt, d, nil, now)
	case policy.DocumentCheck:
		return concludeDocument(p, d, nil, now)
	case policy.Face:
	}
	a, _ := concludeFace(p, FaceResult{Outcome: OutcomeFailed, Failure: code}, nil, now)
	return a
}

// ConcludeCard ends a bank-card attempt.
func ConcludeCard(a Attempt, r Decision, queryErr error, now time.Time) Attempt {
	a.Check = policy.BankCard
	return concludeSource(a, r, queryErr, now)
}
