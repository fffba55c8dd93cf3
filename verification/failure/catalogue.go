package failure

import "slices"

// Catalogue returns all failures (M-46, M-47, M-48) in the order of the table. The
// slices are the caller's own.
func Catalogue() []Entry {
	entries := slices.Clone(catalogue)
	for i := range entries {
		entries[i] = entries[i].clone()
	}
	return entries
}

// Lookup returns the entry of a code. For an unknown code it returns the entry of
// TryAgainLater.
func Lookup(code Code) Entry {
	if entry, ok := find(code); ok {
		return entry
	}
	entry, _ := find(TryAgainLater)
	return entry
}

// Known reports whether the catalogue has an entry for c.
func (c Code) Known() bool {
	_, ok := find(c)
	return ok
}

func find(code Code) (Entry, bool) {
	for _, entry := range catalogue {
		if entry.Code == code {
			return entry.clone(), true
		}
	}
	return Entry{}, false
}

func (e Entry) clone() Entry {
	e.Remedies = slices.Clone(e.Remedies)
	return e
}
