package verification

import (
	"time"

	"renzheng/identity"
	"renzheng/verification/failure"
)

// What black-box tests see of the pure rules.
var (
	BudgetsOf      = budgetsOf
	SubjectsBudget = subjectsBudget
	Unhidden       = unhidden
	Own            = own
	TriesOf        = triesOf
	Exhausted      = exhausted
	ConcludeFace   = concludeFace
	SettlementOf   = settlement
	NextAsk        = nextAsk
	Standing       = standing
	Allows         = allows
	NextFailure    = nextFailure
	Drawn          = drawn
)

// Choose returns who does a check, of those that are there.
func Choose(there []PolicyProvider, kind CheckKind, all []Switch, now time.Time) ([]string, identity.Text, error) {
	found, err := choose(there, kind, switches{all: all, at: now}, "ver_1")
	return found.providers, found.note, err
}

// Budgets returns what a try is taken from by all sources' rules, and by one's own.
func (s *SourceRules) Budgets(provider string, v Verification, kind CheckKind, now time.Time) []Budget {
	st := step{verification: v, check: kind}
	return append(s.shared(st, now), s.own(provider, st, now)...)
}

// Conclude ends an attempt of any check by a provider's failure.
func Conclude(p Pending, code failure.Code, now time.Time) Attempt {
	switch said := (verdict{outcome: OutcomeFailed, failure: code}); p.Attempt.Check {
	case BankCard, FourElements:
		return concludeOnce(p.Attempt, said, nil, now)
	case DocumentCheck:
		return concludeDocument(p, said, nil, now)
	case Face:
	}
	a, _ := concludeFace(p, FaceResult{Outcome: OutcomeFailed, Failure: code}, nil, now)
	return a
}

// ConcludeCard ends a bank-card attempt.
func ConcludeCard(a Attempt, r BankCardResult, asked error, now time.Time) Attempt {
	a.Check = BankCard
	return concludeOnce(a, r.verdict(), asked, now)
}

// Demanded returns the notices that a check of v needs.
func (n *Notices) Demanded(v Verification, kind CheckKind) []Notice { return n.demanded(v, kind) }

// Find returns the notices of kinds on a route.
func (n *Notices) Find(r Route, kinds []ConsentKind, language string) []Notice {
	return n.find(r, kinds, language)
}

// Match finds the live consents that cover notices.
func (n *Notices) Match(demanded []Notice, live []Consent, since time.Time) ([]ConsentNeed, []Notice) {
	return n.match(demanded, live, since)
}
