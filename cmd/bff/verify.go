package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"renzheng/receipt"
)

// verifyCommand checks a receipt with files only, offline (R30).
type verifyCommand struct {
	Trust    string `help:"JWKS file of the trusted signing keys, from /.well-known/jwks.json." type:"existingfile"`
	Evidence string `help:"Evidence file of the registry, each part of which is checked against the receipt; or the problem document that says that the evidence was erased." type:"existingfile"`
	File     string `arg:"" help:"The receipt: a package or a compact JWS." type:"existingfile"`
}

// Run prints the statement of the receipt. It returns an error unless the receipt is
// valid and its signing key is trusted.
func (c verifyCommand) Run() error {
	file, err := os.ReadFile(c.File)
	if err != nil {
		return fmt.Errorf("reading the receipt: %w", err)
	}
	var trust []byte
	if c.Trust != "" {
		if trust, err = os.ReadFile(c.Trust); err != nil {
			return fmt.Errorf("reading the trusted keys: %w", err)
		}
	}
	report, err := receipt.Verify(file, trust)
	if report.Intact {
		out, encodeErr := json.MarshalIndent(report.Statement, "", "  ")
		if encodeErr != nil {
			return fmt.Errorf("printing the statement: %w", encodeErr)
		}
		fmt.Println(string(out))
	}
	say(describe(report))
	switch {
	case !report.Intact && c.Evidence != "":
		say([]string{"not checked: the evidence, because the receipt does not hold"})
		return err
	case !report.Intact:
		return err
	case c.Evidence == "":
		say([]string{"not checked: the values behind the commitments (--evidence)"})
		return err
	}
	checked, evidenceErr := checkEvidence(c.Evidence, report)
	say(checked)
	return errors.Join(err, evidenceErr)
}

func say(lines []string) {
	for _, line := range lines {
		fmt.Fprintln(os.Stderr, line)
	}
}

// describe returns the outcome and a line for each check that was made.
func describe(r receipt.Report) []string {
	lines := []string{r.Message}
	if r.Intact {
		lines = append(lines, "checked: the receipt is written in its one valid form, and its statement is complete",
			"checked: the signature is by the key "+r.KeyID)
		lines = append(lines, describeWindow(r.Statement)...)
	}
	switch {
	case r.KeyTrusted:
		lines = append(lines, "checked: that key is among the trusted keys")
	case r.Intact:
		lines = append(lines, "not checked: whose key that is; it came with the receipt (--trust)")
	}
	return lines
}
