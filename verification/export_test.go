package verification

import "time"

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
