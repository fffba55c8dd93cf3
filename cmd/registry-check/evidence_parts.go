package main

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/jpeg"
	"strings"
	"time"

	"renzheng/receipt"
	"renzheng/todo"
)

// sampleStrokes are those of docs/registry.md.
const sampleStrokes = "AdgErAICA1B4AGQAFKwCCSkCxwFZ7wEnnAR4"

// checks returns a passed verification.
func checks(id string, at time.Time) receipt.Verification {
	const digestLength = 43
	return receipt.Verification{
		ID: "ver_" + id, PolicyDigest: strings.Repeat("A", digestLength),
		Checks: []receipt.Check{{Kind: "face", Provider: "sample", Level: "sample", AttemptID: "att_" + id, PassedAt: at.Add(-time.Second)}},
	}
}

// consents returns the acceptance of one notice.
func consents(at time.Time) []receipt.Consent {
	const digestLength = 64
	return []receipt.Consent{{Kind: "rules", NoticeHash: strings.Repeat("0", digestLength), AcceptedAt: at.Add(-time.Hour)}}
}

// draw returns the two pictures of a confirmed answer.
func draw() (portrait, handwriting []byte, err error) {
	const side = 64
	var picture bytes.Buffer
	if err = jpeg.Encode(&picture, image.NewGray(image.Rect(0, 0, side, side)), nil); err != nil {
		return nil, nil, fmt.Errorf("drawing a portrait: %w", err)
	}
	strokes, err := todo.DecodeStrokes(sampleStrokes)
	if err != nil {
		return nil, nil, fmt.Errorf("reading the strokes: %w", err)
	}
	if handwriting, err = strokes.Render(); err != nil {
		return nil, nil, fmt.Errorf("drawing the strokes: %w", err)
	}
	return picture.Bytes(), handwriting, nil
}

// commit puts the commitments of an answer into its statement, and their openings
// into its evidence.
func (s *sealer) commit(statement *receipt.Statement, file *receipt.Evidence, a answer) error {
	digest := sha256.Sum256(file.Portrait)
	pages := []string{}
	for _, page := range file.Scan {
		sum := sha256.Sum256(page)
		pages = append(pages, hex.EncodeToString(sum[:]))
	}
	for _, part := range []struct {
		domain string
		value  any
		into   *receipt.Commitment
		absent bool
	}{
		{receipt.DomainContent, s.content(a), &statement.ContentDigest, false},
		{receipt.DomainSigner, object{"type": "resident_id", "number": "119901197001010018", "name": "李样例"}, &statement.Signer, false},
		{receipt.DomainCase, object{"registry_id": s.registryID, "case_id": a.caseID, "signer_id": a.signerID}, &statement.Case, false},
		{receipt.DomainPortrait, object{"sha256": hex.EncodeToString(digest[:])}, &statement.Portrait, file.Portrait == nil},
		{receipt.DomainHandwriting, object{"strokes": sampleStrokes}, &statement.Handwriting, file.Handwriting == nil},
		{receipt.DomainScan, object{"pages": pages}, &statement.Scan, file.Scan == nil},
	} {
		if part.absent {
			continue
		}
		salt, err := receipt.NewSalt(rand.Reader)
		if err != nil {
			return fmt.Errorf("making a salt: %w", err)
		}
		opening, commitment, err := receipt.Open(part.domain, salt, part.value)
		if err != nil {
			return fmt.Errorf("committing to a value: %w", err)
		}
		*part.into = commitment
		file.Openings = append(file.Openings, opening)
	}
	return nil
}

func (s *sealer) content(a answer) todo.Content {
	return todo.Content{
		RegistryID: s.registryID, RegistryName: "样例登记机关（模拟）", CaseID: a.caseID, SignerID: a.signerID, Role: "股东",
		Header: todo.Header{
			EnterpriseName: "样例餐饮有限公司（模拟）", BusinessKind: todo.Establishment, Mode: todo.Online, AppliedOn: "2026-11-20",
		},
		Items: []todo.Item{{Label: "注册资本", Value: "壹佰万元人民币"}},
	}
}
