package verification

import "slices"

// Catalogue returns all failures (M-46, M-47, M-48).
func Catalogue() []Entry {
	return slices.Concat(identityEntries(), faceEntries(), cardEntries(), technicalEntries())
}

// Lookup returns the entry of a code; an unknown one is TryAgainLater.
func Lookup(code FailureCode) Entry {
	var unknown Entry
	for _, entry := range Catalogue() {
		if entry.Code == code {
			return entry
		}
		if entry.Code == TryAgainLater {
			unknown = entry
		}
	}
	return unknown
}
