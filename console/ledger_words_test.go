package console_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"renzheng/appeal"
	"renzheng/console"
	"renzheng/ledger"
	"renzheng/window"
)

// Every kind of entry that the program has can be chosen by a text in both languages.
func TestLedger_OffersEveryKindOfEntry(t *testing.T) {
	t.Parallel()
	definition := regexp.MustCompile(`ledger\.Kind += "([^"]+)"`)
	defined := []string{string(ledger.KindCorrection)}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".tools") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		source, err := os.ReadFile(path)
		for _, match := range definition.FindAllSubmatch(source, -1) {
			defined = append(defined, string(match[1]))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if offered := console.LedgerKinds(); len(defined) != len(offered) {
		t.Errorf("the program has %d kinds, and %d can be chosen", len(defined), len(offered))
	}
	for _, kind := range defined {
		hasText, _, err := console.LedgerTexts(ledger.Kind(kind), "")
		if !slices.Contains(console.LedgerKinds(), ledger.Kind(kind)) || !hasText || err != nil {
			t.Errorf("%s cannot be chosen or has no text: %v", kind, err)
		}
	}
}

// Every reason that an entry can have is shown in words.
func TestLedger_ShowsReasonsInWords(t *testing.T) {
	t.Parallel()
	codes := map[ledger.Kind][]string{
		window.KindOpened:     {string(window.BySlip), string(window.ByTicket), string(window.ByCase), string(window.ByDocument)},
		window.KindMissed:     {"not_signer", "name_differs", "own_affair", "no_such_case"},
		window.KindNotFound:   {"no_such_case", "no_such_slip", "no_such_ticket"},
		window.KindEnded:      window.Outcomes(),
		window.KindSettled:    window.EscalationOutcomes(),
		ledger.KindCorrection: ledger.CorrectionReasons(),
	}
	for _, outcome := range appeal.Outcomes() {
		codes[appeal.KindDecided] = append(codes[appeal.KindDecided], string(outcome))
	}
	for kind, all := range codes {
		for _, code := range all {
			if _, ok, err := console.LedgerTexts(kind, code); !ok {
				t.Errorf("the reason %s of %s has no text: %v", code, kind, err)
			}
		}
	}
}
