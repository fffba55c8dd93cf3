package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"renzheng/keyring"
	"renzheng/receipt"
)

// windowEvidence returns the report on the receipt of a registry's statement about a signer, and its evidence as a file.
func windowEvidence(t *testing.T) (receipt.Report, []byte) {
	t.Helper()
	at := time.Date(2026, 11, 28, 8, 0, 0, 0, time.UTC)
	keys, err := keyring.Generate(at)
	if err != nil {
		t.Fatal(err)
	}
	ring, err := keyring.Open(keys)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ring.SigningKey(at)
	if err != nil {
		t.Fatal(err)
	}
	s := receipt.Statement{
		Version: receipt.Version, Issuer: "https://bff.example", Environment: receipt.Production, ConfirmationID: "cfm_1",
		StatementBy: receipt.Registry, Decision: receipt.DoneAtWindow, RegistryID: "beijing", TodoID: "tod_1", Revision: 1,
		IssuedAt: at, AnsweredAt: at, Portrait: receipt.None, Handwriting: receipt.None,
	}
	e := receipt.Evidence{}
	for _, part := range []struct {
		domain string
		into   *receipt.Commitment
	}{{receipt.DomainContent, &s.ContentDigest}, {receipt.DomainSigner, &s.Signer}, {receipt.DomainCase, &s.Case}} {
		opening, commitment, openErr := receipt.Open(part.domain, receipt.Salt{1}, map[string]string{"title": sentinel})
		if openErr != nil {
			t.Fatal(openErr)
		}
		*part.into, e.Openings = commitment, append(e.Openings, opening)
	}
	if e.Receipt, err = receipt.Seal(s, receipt.SigningKey(key)); err != nil {
		t.Fatal(err)
	}
	report, err := receipt.Verify([]byte(e.Receipt), ring.JWKS())
	if err != nil {
		t.Fatal(err)
	}
	file, err := e.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return report, file
}

func TestVerify_NamesWhatItChecked(t *testing.T) {
	t.Parallel()
	report, file := windowEvidence(t)
	lines, err := checkEvidence(writeEvidence(t, file), report)
	if err != nil {
		t.Fatal(err)
	}
	out := strings.Join(append(describe(report), lines...), "\n") + "\n"
	for _, want := range []string{
		"intact, signing key trusted\n", report.KeyID, "checked: that key is among the trusted keys\n",
		"checked: evidence: content_digest is", "checked: evidence: signer is", "checked: evidence: case is", "nothing else in it\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("got %q, want %q in it", out, want)
		}
	}
	for _, unwanted := range []string{sentinel, "portrait", "handwriting", "not checked"} {
		if strings.Contains(out, unwanted) {
			t.Errorf("got %q in %q", unwanted, out)
		}
	}
}

func TestVerify_SaysThatNobodyKnowsTheKey(t *testing.T) {
	t.Parallel()
	report, _ := windowEvidence(t)
	report.KeyTrusted = false
	out := strings.Join(describe(report), "\n")
	if !strings.Contains(out, "not checked: whose key that is") || strings.Contains(out, "among the trusted") {
		t.Errorf("got %q, want it said that the key is not trusted", out)
	}
}

func TestVerify_RejectsForgedEvidence(t *testing.T) {
	t.Parallel()
	report, file := windowEvidence(t)
	for name, forged := range map[string]string{
		"nothing":           `{}`,
		"no openings":       `{"openings":[],"receipt":"` + report.Receipt + `"}`,
		"openings twice":    strings.Replace(string(file), `"openings":`, `"openings":[],"openings":`, 1),
		"another title":     strings.Replace(string(file), sentinel, "x", 1),
		"a decision beside": strings.Replace(string(file), `{"openings"`, `{"decision":"refused","openings"`, 1),
	} {
		lines, err := checkEvidence(writeEvidence(t, []byte(forged)), report)
		if !errors.Is(err, receipt.ErrEvidence) && !errors.Is(err, receipt.ErrOpening) {
			t.Errorf("%s: got %v, want it rejected", name, err)
		}
		if lines != nil || err != nil && strings.Contains(err.Error(), sentinel) {
			t.Errorf("%s: got %q printed and %v", name, lines, err)
		}
	}
}

func writeEvidence(t *testing.T, file []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "evidence.json")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
