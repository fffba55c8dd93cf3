package verification

import "slices"

// Catalogue returns all failures (M-46, M-47, M-48).
func Catalogue() []Entry {
	return slices.Concat(identityEntries(), faceEntries(), cardEntries(), technicalEntries())
}

// Lookup returns the entry of a code; an unknown one is TryAgainLater.
func Lookup(code FailureCode) Entry {
	entries := Catalogue()
	unknown := 0
	for i, entry := range entries {
		switch entry.Code {
		case code:
			return entry
		case TryAgainLater:
			unknown = i
		}
	}
	return entries[unknown]
}
