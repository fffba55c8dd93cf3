package main

import (
	"os"
	"testing"

	"renzheng/keyring"
)

// noTwins checks that every known person is one subject, found under every key
// of the file, and that there is nobody else.
func (c *rekeyScenario) noTwins(t *testing.T) {
	t.Helper()
	content, err := os.ReadFile(c.Settings["BFF_KEYS"])
	if err != nil {
		t.Fatal(err)
	}
	ring, err := keyring.Open(content)
	if err != nil {
		t.Fatal(err)
	}
	for number := range c.numbers {
		found := map[string]bool{}
		for _, hash := range ring.Hashes(keyring.ForSubject, "resident_id", number) {
			found[c.rows.text(t, "SELECT subject_id FROM subject_keys WHERE hash = ?", []byte(hash))] = true
		}
		if len(found) != 1 {
			t.Errorf("one of the persons is %d subjects, want 1", len(found))
		}
	}
	if got := c.rows.count(t, "SELECT COUNT(*) FROM subjects"); got != len(c.numbers) {
		t.Errorf("got %d subjects, want %d: as many as persons", got, len(c.numbers))
	}
	if got, want := c.rows.count(t, "SELECT COUNT(*) FROM accounts"), len(c.servers)*len(c.fates)+1; got != want {
		t.Errorf("got %d accounts, want %d", got, want)
	}
}

// masters counts the master keys under which data keys are wrapped.
func (c *rekeyScenario) masters(t *testing.T) int {
	t.Helper()
	const header = 9 // format and fingerprint of the master key
	return c.rows.count(t, "SELECT COUNT(DISTINCT SUBSTR(wrapped, 1, ?)) FROM data_keys", header)
}

// hashes counts the look-up hashes of subjects.
func (c *rekeyScenario) hashes(t *testing.T) int {
	t.Helper()
	return c.rows.count(t, "SELECT COUNT(*) FROM subject_keys")
}
