package receipt

import (
	"encoding/json"
	"errors"
	"fmt"
)

// ErrEvidence means that a file is not the evidence of a receipt.
var ErrEvidence = errors.New("not the evidence of this receipt")

// maxEvidenceBytes is far more than the pictures and the longest content need.
const maxEvidenceBytes = 16 << 20

// Evidence is what a registry files of one answer: the receipt, the values that the receipt commits to, and the pictures
// that some of these values describe. It contains nothing that the receipt does not prove.
//
// Shape: RFC 8785 JSON. Portrait is a JPEG or PNG, Handwriting a PNG, each in base64; absent where the statement says
// [None]. Scan has the pages of a signed paper, each a JPEG in base64; absent unless the statement commits to them. Secrecy: personal throughout.
type Evidence struct {
	Handwriting []byte    `json:"handwriting,omitempty"`
	Openings    []Opening `json:"openings"`
	Portrait    []byte    `json:"portrait,omitempty"`
	Receipt     string    `json:"receipt"`
	Scan        [][]byte  `json:"scan,omitempty"`
}

// ReadEvidence reads evidence, and checks that it belongs to a verified receipt and opens everything that the receipt
// commits to. The caller must still compare the pictures with the values of their openings, see [Evidence.Value].
//
// Errors: [ErrEvidence], [ErrOpening], each naming the member.
func ReadEvidence(file []byte, r Report) (Evidence, error) {
	if len(file) > maxEvidenceBytes {
		return Evidence{}, fmt.Errorf("%w: larger than 16 MiB", ErrEvidence)
	}
	var text evidenceText
	if err := decodeCanonical(file, &text); err != nil {
		return Evidence{}, fmt.Errorf("%w: it %w", ErrEvidence, err)
	}
	e, err := text.read()
	if err != nil {
		return Evidence{}, err
	}
	if !r.Intact || e.Receipt != r.Receipt {
		return Evidence{}, fmt.Errorf("%w: receipt is another one", ErrEvidence)
	}
	if err := CheckOpenings(r.Statement, e.Openings); err != nil {
		return Evidence{}, err
	}
	return e, nil
}

// evidenceText is evidence whose salts are still texts, because the decoder would not name the salt that is wrong.
type evidenceText struct {
	Handwriting []byte        `json:"handwriting,omitempty"`
	Openings    []openingText `json:"openings"`
	Portrait    []byte        `json:"portrait,omitempty"`
	Receipt     string        `json:"receipt"`
	Scan        [][]byte      `json:"scan,omitempty"`
}

type openingText struct {
	Domain string          `json:"domain"`
	Salt   string          `json:"salt"`
	Value  json.RawMessage `json:"value"`
}

func (t evidenceText) read() (Evidence, error) {
	e := Evidence{Handwriting: t.Handwriting, Openings: make([]Opening, len(t.Openings)), Portrait: t.Portrait, Receipt: t.Receipt, Scan: t.Scan}
	for i, o := range t.Openings {
		e.Openings[i] = Opening{Domain: o.Domain, Value: o.Value}
		if err := e.Openings[i].Salt.UnmarshalText([]byte(o.Salt)); err != nil {
			return Evidence{}, fmt.Errorf("%w: openings/%d/salt: %w", ErrEvidence, i, err)
		}
	}
	return e, nil
}

// Value decodes the value of a domain's opening into a struct that has exactly its members. It returns false if the
// evidence has no opening of the domain.
//
// Errors: [ErrEvidence] naming the member.
func (e Evidence) Value(domain string, into any) (bool, error) {
	for i, o := range e.Openings {
		if o.Domain != domain {
			continue
		}
		if _, err := decodeStrict(o.Value, into); err != nil {
			return true, fmt.Errorf("%w: openings/%d/value %w", ErrEvidence, i, err)
		}
		return true, nil
	}
	return false, nil
}

// Encode returns the evidence as a file.
func (e Evidence) Encode() ([]byte, error) {
	file, err := canonicalJSON(e)
	if err != nil {
		return nil, fmt.Errorf("encoding evidence: %w", errJSON) // the cause may quote a value
	}
	return file, nil
}
