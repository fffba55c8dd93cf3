package policy

import "slices"

// CheckKind is one kind of step.
type CheckKind string

// The kinds.
const (
	Face          CheckKind = "face"
	BankCard      CheckKind = "bank_card"
	FourElements  CheckKind = "four_elements" // name, number and both ends of the validity, with a data source
	DocumentCheck CheckKind = "document"      // the document, with the authority that issued it
)

// CheckKinds returns all kinds.
func CheckKinds() []CheckKind { return []CheckKind{Face, BankCard, FourElements, DocumentCheck} }

func (k CheckKind) valid() bool { return slices.Contains(CheckKinds(), k) }
