package receipt

import (
	"encoding/json"
	"errors"
	"fmt"
)

// ErrOpening says that something shown is not what the receipt commits to.
var ErrOpening = errors.New("not what the receipt commits to")

// Opening shows what a commitment stands for.
//
// Shape: Domain is one of the Domain constants; Value is the JSON that was committed to. Secrecy: personal; the value
// and the salt are for those who may see the value.
type Opening struct {
	Domain     string          `json:"domain"`
	Salt       Salt            `json:"salt"`
	Value      json.RawMessage `json:"value"`
	Commitment Commitment      `json:"commitment"`
}

// CheckOpenings says whether each opening shows what the statement commits to. Parts that nothing opens stay
// unchecked: whoever needs a part counts that its opening is there.
//
// Errors: [ErrOpening] naming every part that does not match, never its value.
func CheckOpenings(s Statement, openings []Opening) error {
	var problems []error
	seen := make(map[string]bool, len(openings))
	for i, o := range openings {
		part, committed := s.part(o.Domain)
		switch {
		case part == "":
			problems = append(problems, fmt.Errorf("opening %d is of no part of a receipt", i))
		case seen[part]:
			problems = append(problems, fmt.Errorf("%s is opened twice", part))
		case o.Commitment != committed || !Opens(o.Domain, o.Salt, o.Value, committed):
			problems = append(problems, fmt.Errorf("%s does not match", part))
		}
		seen[part] = true
	}
	if len(problems) == 0 {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrOpening, errors.Join(problems...))
}

// part gives the member of the statement that commits under a domain, and its commitment.
func (s Statement) part(domain string) (string, Commitment) {
	switch domain {
	case DomainContent:
		return "content_digest", s.ContentDigest
	case DomainSigner:
		return "signer", s.Signer
	case DomainCase:
		return "case", s.Case
	case DomainPortrait:
		return "portrait", s.Portrait
	case DomainHandwriting:
		return "handwriting", s.Handwriting
	default:
		return "", ""
	}
}
