package receipt

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// ErrOpening means that openings do not show what the receipt commits to.
var ErrOpening = errors.New("not what the receipt commits to")

// Opening shows the value behind a commitment.
//
// Shape: Domain is one of the Domain constants; Value is RFC 8785 JSON. Secrecy: personal; the value and the salt are
// for those who may see the value.
type Opening struct {
	Domain string          `json:"domain"`
	Salt   Salt            `json:"salt"`
	Value  json.RawMessage `json:"value"`
}

// Open commits to a value, and returns its opening and the commitment.
//
// Errors: those of [Commit].
func Open(domain string, salt Salt, value any) (Opening, Commitment, error) {
	commitment, canonical, err := commit(domain, salt, value)
	if err != nil {
		return Opening{}, "", err
	}
	return Opening{Domain: domain, Salt: salt, Value: canonical}, commitment, nil
}

// CheckOpenings checks that the openings show everything that the statement commits to, nothing else, and in the order
// of the statement's members.
//
// Errors: [ErrOpening] naming every part that is missing or does not match, never its value.
func CheckOpenings(s Statement, openings []Opening) error {
	parts := s.Parts()
	opened := make(map[string]bool, len(parts))
	var problems []error
	last := 0
	for i, o := range openings {
		place := slices.IndexFunc(parts, func(p Part) bool { return p.Domain == o.Domain })
		switch {
		case place < 0:
			problems = append(problems, fmt.Errorf("openings/%d/domain is not that of a part of the receipt", i))
			continue
		case opened[o.Domain]:
			problems = append(problems, fmt.Errorf("openings/%d opens %s again", i, parts[place].Name))
			continue
		case !Opens(o.Domain, o.Salt, o.Value, parts[place].Commitment):
			problems = append(problems, fmt.Errorf("openings/%d: %s does not match", i, parts[place].Name))
		case place < last:
			problems = append(problems, fmt.Errorf("openings/%d: %s is out of order", i, parts[place].Name))
		}
		opened[o.Domain], last = true, place
	}
	for _, p := range parts {
		if !opened[p.Domain] {
			problems = append(problems, fmt.Errorf("openings: %s is missing", p.Name))
		}
	}
	if len(problems) == 0 {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrOpening, errors.Join(problems...))
}

// Part is a value that a statement commits to.
type Part struct {
	Name       string // the member of the statement
	Domain     string
	Commitment Commitment
}

// Parts returns the values that the statement commits to, without members that are [None] or absent.
func (s Statement) Parts() []Part {
	var parts []Part
	for _, p := range []Part{
		{"content_digest", DomainContent, s.ContentDigest},
		{"signer", DomainSigner, s.Signer},
		{"case", DomainCase, s.Case},
		{"portrait", DomainPortrait, s.Portrait},
		{"handwriting", DomainHandwriting, s.Handwriting},
		{"scan", DomainScan, s.Scan},
	} {
		if p.Commitment != None && p.Commitment != "" {
			parts = append(parts, p)
		}
	}
	return parts
}
