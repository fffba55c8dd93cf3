package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// An answer whose subject was erased is still signed, and nothing behind its commitments is called checked.
func TestCheckEvidence_OfAnErasedSubject(t *testing.T) {
	t.Parallel()
	report, _ := windowEvidence(t)
	for name, tt := range map[string]struct {
		receipt string
		valid   bool
	}{"of this receipt": {report.Receipt, true}, "of another receipt": {report.Receipt + "A", false}} {
		file, err := json.Marshal(map[string]any{"code": "evidence_erased", "status": 410, "receipt": tt.receipt})
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "problem.json")
		if err = os.WriteFile(path, file, 0o600); err != nil {
			t.Fatal(err)
		}
		lines, err := checkEvidence(path, report)
		said := strings.Join(lines, "\n")
		if tt.valid != (err == nil) || tt.valid && (!strings.Contains(said, "signed, subject erased") || strings.Contains(said, "\nchecked")) {
			t.Errorf("%s: got %q, %v", name, said, err)
		}
	}
}
