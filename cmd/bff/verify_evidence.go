package main

import (
	"fmt"
	"os"

	"renzheng/receipt"
	"renzheng/todo"
)

// checkEvidence checks an evidence file against a verified receipt. It returns a line
// for each check, without values of the evidence.
func checkEvidence(path string, r receipt.Report) ([]string, error) {
	file, err := os.ReadFile(path) //nolint:gosec // the user of the command names the file
	if err != nil {
		return nil, fmt.Errorf("reading the evidence: %w", err)
	}
	if lines, erased, err := checkErased(file, r); erased {
		return lines, err
	}
	if _, err := todo.CheckEvidence(file, r); err != nil {
		return nil, fmt.Errorf("checking the evidence: %w", err)
	}
	lines := []string{"checked: evidence: receipt is the one above"}
	for _, p := range r.Statement.Parts() {
		lines = append(lines, "checked: evidence: "+p.Name+" is what the receipt commits to")
		switch p.Domain {
		case receipt.DomainPortrait:
			lines = append(lines, "checked: evidence: the portrait is the picture with that digest")
		case receipt.DomainHandwriting:
			lines = append(lines, "checked: evidence: the handwriting is the picture of these strokes")
		case receipt.DomainScan:
			lines = append(lines, "checked: evidence: the pages of the signed paper are those with these digests")
		}
	}
	return append(lines, "checked: evidence: there is nothing else in it"), nil
}
