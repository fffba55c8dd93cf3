package failure

// Load reads the texts of the table, for tests of what it rejects.
func Load(raw []byte) ([]Entry, error) { return load(table(), raw) }

// TextsJSON returns the texts of this release.
func TextsJSON() []byte { return textsJSON }
