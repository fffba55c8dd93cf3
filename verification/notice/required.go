package notice

import (
	"slices"

	"renzheng/verification/policy"
)

// requirement is what a kind of consent is needed for.
type requirement struct {
	kind     Kind
	checks   []policy.CheckKind
	purposes []policy.Purpose // empty for every purpose
}

// requirements returns what each consent is needed for, in the order in which the
// notices are shown. It is the only place that defines this.
func requirements() []requirement {
	return []requirement{
		{kind: Rules, checks: policy.CheckKinds()},
		{kind: Face, checks: []policy.CheckKind{policy.Face}},
		{kind: BankCard, checks: []policy.CheckKind{policy.BankCard}},
		{kind: Document, checks: []policy.CheckKind{policy.FourElements, policy.DocumentCheck}},
		// The face of a confirmation is taken for the registry, so its consent comes before the face.
		{kind: Handover, checks: []policy.CheckKind{policy.Face}, purposes: []policy.Purpose{policy.Confirm}},
	}
}

// Required returns the kinds of consent that some of the checks need for a purpose.
func Required(purpose policy.Purpose, checks ...policy.CheckKind) []Kind {
	var kinds []Kind
	for _, r := range requirements() {
		needed := slices.ContainsFunc(checks, func(c policy.CheckKind) bool { return slices.Contains(r.checks, c) })
		if needed && fits(r.purposes, purpose) {
			kinds = append(kinds, r.kind)
		}
	}
	return kinds
}
