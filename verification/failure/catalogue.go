package failure

import "slices"

// Catalogue returns all failures (M-46, M-47, M-48), those first that say who
// somebody is, those last that need no provider.
func Catalogue() []Entry {
	entries := slices.Concat(
		identityEntries(), documentEntries(), faceDecided(), faceUndecided(), cardEntries(),
		clientEntries(), busyEntries(), limitEntries(),
	)
	texts := remedyTexts()
	for _, entry := range entries {
		for i, remedy := range entry.Remedies {
			entry.Remedies[i].Text = texts[remedy.Kind]
		}
	}
	return entries
}

// Lookup returns the entry of a code; an unknown one is TryAgainLater.
func Lookup(code Code) Entry {
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
