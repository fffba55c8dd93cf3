package window

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"

	"renzheng/identity"
)

// plainEvidence is what is sealed and committed to. The shape is kept: an opening builds the same JSON.
type plainEvidence struct {
	Document plainDocument  `json:"document"`
	Guardian *plainGuardian `json:"guardian,omitempty"`
	Witness  string         `json:"witness,omitempty"`
	Photos   []plainPhoto   `json:"photos,omitempty"`
}

type plainPhoto struct {
	Side   string `json:"side"`
	SHA256 string `json:"sha256"`
}

type plainDocument struct {
	Type   string `json:"type"`
	Number string `json:"number"`
	Name   string `json:"name"`
}

type plainGuardian struct {
	Document plainDocument `json:"document"`
	Relation string        `json:"relation"`
}

func plainOf(d identity.Document) plainDocument {
	return plainDocument{Type: string(d.Type), Number: d.Number.Reveal(), Name: d.Name.Original()}
}

// Plain returns the evidence as JSON, to be sealed. Personal.
func (e Evidence) Plain() ([]byte, error) {
	plain := plainEvidence{Document: plainOf(e.Document), Witness: e.Witness}
	if e.Guardian != nil {
		plain.Guardian = &plainGuardian{plainOf(e.Guardian.Document), e.Guardian.Relation}
	}
	for _, p := range e.Photos {
		plain.Photos = append(plain.Photos, plainPhoto{string(p.Side), p.SHA256})
	}
	text, err := json.Marshal(plain)
	if err != nil {
		return nil, errors.New("encoding evidence")
	}
	return text, nil
}

// EvidenceOf reads what Plain returned.
func EvidenceOf(text []byte) (Evidence, error) {
	var plain plainEvidence
	if json.Unmarshal(text, &plain) != nil {
		return Evidence{}, errors.New("decoding evidence: not what was stored")
	}
	d, err := plain.Document.parse()
	e := Evidence{Document: d, Witness: plain.Witness}
	for _, p := range plain.Photos {
		e.Photos = append(e.Photos, Photo{Side: Side(p.Side), SHA256: p.SHA256})
	}
	if err == nil && plain.Guardian != nil {
		e.Guardian = &Guardian{Relation: plain.Guardian.Relation}
		e.Guardian.Document, err = plain.Guardian.Document.parse()
	}
	return e, err
}

func (p plainDocument) parse() (identity.Document, error) {
	d, err := identity.ParseDocument(identity.DocumentType(p.Type), p.Number, p.Name)
	if err != nil {
		return identity.Document{}, fmt.Errorf("reading a document that was seen: %w", err)
	}
	return d, nil
}

// evidenceDomain is hashed before the salt.
const evidenceDomain = "renzheng/window-evidence/1\x00"

// Commit returns the digest by which an entry of the ledger commits to the evidence.
func (e Evidence) Commit(salt []byte) (string, error) {
	text, err := e.Plain()
	if err != nil {
		return "", err
	}
	digest := sha256.New()
	digest.Write([]byte(evidenceDomain))
	digest.Write(salt)
	digest.Write(text)
	return base64.RawURLEncoding.EncodeToString(digest.Sum(nil)), nil
}
