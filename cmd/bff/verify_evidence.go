package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"renzheng/receipt"
)

// filed is what of a registry's evidence the receipt commits to. Personal.
type filed struct {
	Openings []receipt.Opening `json:"openings"`
	Portrait *struct {
		Data []byte `json:"data"`
	} `json:"portrait"`
}

// checkEvidence says of each part that the receipt commits to whether the
// evidence is it. It prints no value of the evidence.
func checkEvidence(path string, s receipt.Statement) error {
	content, err := os.ReadFile(path) //nolint:gosec // whoever checks names the file
	if err != nil {
		return fmt.Errorf("reading the evidence: %w", err)
	}
	var evidence filed
	if json.Unmarshal(content, &evidence) != nil { // what the decoder says may quote a person's data
		return errors.New("the evidence is not what the registry's call answers")
	}
	if err := receipt.CheckOpenings(s, evidence.Openings); err != nil {
		return fmt.Errorf("checking the evidence: %w", err)
	}
	opened := map[string]receipt.Opening{}
	for _, o := range evidence.Openings {
		opened[o.Domain] = o
	}
	for _, part := range []struct {
		name, domain string
		committed    receipt.Commitment
	}{
		{"content", receipt.DomainContent, s.ContentDigest},
		{"signer", receipt.DomainSigner, s.Signer},
		{"case", receipt.DomainCase, s.Case},
		{"portrait", receipt.DomainPortrait, s.Portrait},
		{"handwriting", receipt.DomainHandwriting, s.Handwriting},
	} {
		_, there := opened[part.domain]
		fmt.Fprintf(os.Stderr, "%-12s %s\n", part.name, standing(part.committed, there))
	}
	return checkPicture(evidence, opened[receipt.DomainPortrait])
}

// standing says in words how a part stands whose opening, if it is there, matches.
func standing(committed receipt.Commitment, opened bool) string {
	switch {
	case committed == receipt.None:
		return "none"
	case opened:
		return "as committed to"
	default:
		return "not in the evidence, not checked"
	}
}

// checkPicture holds the picture, which the opening names by its digest.
func checkPicture(evidence filed, opening receipt.Opening) error {
	if evidence.Portrait == nil {
		return nil
	}
	var value struct {
		SHA256 string `json:"sha256"`
	}
	digest := sha256.Sum256(evidence.Portrait.Data)
	if json.Unmarshal(opening.Value, &value) != nil || value.SHA256 != hex.EncodeToString(digest[:]) {
		return errors.New("checking the evidence: the picture is not the one that the receipt commits to")
	}
	return nil
}
