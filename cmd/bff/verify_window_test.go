package main

import (
	"strings"
	"testing"

	"renzheng/receipt"
)

// Nobody takes the authority's statement for the person's.
func TestVerify_SaysWhoStatesAnAnswerAtAWindow(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		manner string
		scan   receipt.Commitment
		want   string
	}{
		"a pad":            {receipt.SignedPad, "", "on a pad"},
		"a paper":          {receipt.SignedPaper, "", "in the files of the office"},
		"a scanned paper":  {receipt.SignedPaper, "x", "scan of its pages"},
		"read out":         {receipt.ReadOut, "", "before a witness"},
		"a manner to come": {"signed_screen", "", "signed_screen"},
	} {
		r := receipt.Report{Intact: true, Statement: receipt.Statement{
			Scan: tt.scan, Window: &receipt.Window{Office: "hall-1", VisitID: "vis_1", LedgerEntry: "led_1", Manner: tt.manner},
		}}
		out := strings.Join(describe(r), "\n")
		for _, want := range []string{tt.want, "not by the person", "vis_1", "hall-1", "led_1"} {
			if !strings.Contains(out, want) {
				t.Errorf("%s: got %q, want %q in it", name, out, want)
			}
		}
	}
	if report, _ := windowEvidence(t); strings.Contains(strings.Join(describe(report), "\n"), "stated") {
		t.Error("a registry's statement is said to be the authority's")
	}
}
