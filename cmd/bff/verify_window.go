package main

import "renzheng/receipt"

// describeWindow says who states an answer at a window, and how the person signed it. It returns nothing for other answers.
func describeWindow(s receipt.Statement) []string {
	if s.Window == nil {
		return nil
	}
	how := "in the manner " + s.Window.Manner
	switch {
	case s.Window.Manner == receipt.SignedPad:
		how = "signed by hand on a pad; the receipt commits to the handwriting, and not to whose hand it was"
	case s.Window.Manner == receipt.SignedPaper && s.Scan != "":
		how = "signed on a paper; the receipt commits to the scan of its pages"
	case s.Window.Manner == receipt.SignedPaper:
		how = "signed on a paper that is in the files of the office"
	case s.Window.Manner == receipt.ReadOut:
		how = "read to a person who cannot write, before a witness"
	}
	return []string{
		"stated by the authority, not by the person: visit " + s.Window.VisitID + " at the window of office " + s.Window.Office + ", entry " + s.Window.LedgerEntry + " of its ledger",
		"stated: " + how,
	}
}
