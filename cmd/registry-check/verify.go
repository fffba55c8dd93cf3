package main

import (
	"crypto"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/go-jose/go-jose/v4"
)

// verifyCommand checks a report.
type verifyCommand struct {
	File  string `arg:"" help:"File of the report." type:"existingfile"`
	Trust string `help:"Id of the key that must have signed it, as the command that wrote the report printed it."`
}

// Run prints the report. It returns an error unless the report is intact, signed by
// the trusted key, and no clause failed.
func (c verifyCommand) Run() error {
	text, err := os.ReadFile(c.File)
	if err != nil {
		return fmt.Errorf("reading the report: %w", err)
	}
	r, id, err := readReport(string(text))
	if err != nil {
		return err
	}
	if err = r.print(os.Stdout); err != nil {
		return err
	}
	fmt.Printf("%s %s, %s to %s, signed by %s\n", r.Side, r.Target, r.StartedAt, r.EndedAt, id)
	switch {
	case c.Trust == "":
		return errors.New("the report is intact, signer unknown: name the key by --trust")
	case c.Trust != id:
		return errors.New("the report is intact, but signed by another key")
	case !r.Passed:
		return errors.New("the report is intact; a clause is not kept")
	}
	return nil
}

// readReport checks the signature of a report by the key in its header, and returns
// the report and the id of that key.
func readReport(text string) (report, string, error) {
	errBroken := errors.New("the report is not intact")
	signed, err := jose.ParseSignedCompact(text, []jose.SignatureAlgorithm{jose.EdDSA})
	if err != nil {
		return report{}, "", errBroken
	}
	header := signed.Signatures[0].Protected
	if header.JSONWebKey == nil || header.ExtraHeaders[jose.HeaderType] != reportType {
		return report{}, "", errBroken
	}
	payload, err := signed.Verify(header.JSONWebKey)
	if err != nil {
		return report{}, "", errBroken
	}
	thumbprint, err := header.JSONWebKey.Thumbprint(crypto.SHA256)
	if err != nil {
		return report{}, "", errBroken
	}
	var r report
	if err = json.Unmarshal(payload, &r); err != nil {
		return report{}, "", errBroken
	}
	return r, base64.RawURLEncoding.EncodeToString(thumbprint), nil
}
