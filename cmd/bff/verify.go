package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"renzheng/receipt"
)

// verifyCommand checks a receipt with nothing but files (R30).
type verifyCommand struct {
	Trust    string `help:"JWKS file of the seal keys you trust, from /.well-known/jwks.json." type:"existingfile"`
	Evidence string `help:"What the registry filed of the answer: checked against the receipt, part by part." type:"existingfile"`
	File     string `arg:"" help:"The receipt: a package or a compact JWS." type:"existingfile"`
}

// Run prints what the receipt states and fails unless its signer is trusted.
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
	if report.Message != "" {
		fmt.Fprintln(os.Stderr, report.Message)
	}
	if c.Evidence == "" || !report.Intact {
		return err
	}
	return errors.Join(err, checkEvidence(c.Evidence, report.Statement))
}
