package datamap

import (
	"maps"
	"slices"
)

// LegalBasis is why a datum may be processed. The articles are those of the Personal Information Protection Law (PIPL).
type LegalBasis string

// legalBases maps each legal basis to its text in docs/privacy.md.
var legalBases = map[LegalBasis]string{ //nolint:gochecknoglobals // a constant table
	"consent":  "consent of the person, separate consent for sensitive data (art. 13(1)1, 29)",
	"duty":     "statutory duty of the registration authority to check identities (art. 13(1)3)",
	"proof":    "proof of the processing, to be kept for three years (art. 55, 56), and of the answer itself",
	"security": "security of processing (art. 51)",
	"none":     "not personal data",
}

// Text returns the text of a legal basis, or "" if it is unknown.
func (b LegalBasis) Text() string { return legalBases[b] }

// LegalBases returns all legal bases, sorted.
func (Map) LegalBases() []LegalBasis { return slices.Sorted(maps.Keys(legalBases)) }
