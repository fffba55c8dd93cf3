package console

import "renzheng/ledger"

// LedgerKinds returns the kinds of entries that the page of the ledger offers.
func LedgerKinds() []ledger.Kind { return ledgerKinds() }

// LedgerTexts reports whether a kind of entries and one of its reasons have texts.
func LedgerTexts(kind ledger.Kind, reason string) (hasKind, hasReason bool, err error) {
	all, err := loadTexts()
	return all.has("kind." + string(kind)), all.has(reasonTexts()[kind] + reason), err
}

// Problems returns the function that tells a problem of a content in Chinese.
func Problems() (func(text string) string, error) {
	p, err := loadPages()
	return p.problem, err
}
