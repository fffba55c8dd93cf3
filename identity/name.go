package identity

import (
	"strings"
	"unicode"
	"unicode/utf8"
	"unique"
)

const (
	maxNameBytes     = 1024 // of the raw text, before any work on it
	maxOriginalRunes = 100  // leaves room for spaces that the normalized form drops
	maxNameRunes     = 50   // what Alipay takes as cert_name
	minNameLetters   = 2
)

// Name is the name of a person in two spellings. The normalized one is compared,
// sent to providers and committed to in receipts. Its Latin letters are capitals,
// as passports and permits print them. The original one is stored and shown. A name
// has 2 to 50 characters, Han (private-use characters included) or
// Latin, with separators. Compare by Equal, because == also compares the original
// spelling. Secrecy: personal, masked except for the last character.
type Name struct {
	redacted

	original unique.Handle[string]
}

// ParseName reads a name as a person types it or a system sends it. If a character
// has several code points, it is normalized to one of them. Characters that differ
// in meaning stay different. Errors: a [FieldError] of FieldName with one of the
// RuleName constants.
func ParseName(raw string) (Name, error) {
	if len(raw) > maxNameBytes {
		return Name{}, FieldError{FieldName, RuleNameLength}
	}
	if !utf8.ValidString(raw) {
		return Name{}, FieldError{FieldName, RuleNameAlphabet}
	}
	original := strings.TrimFunc(visible(raw), unicode.IsSpace)
	normalized := normalizeName(original)
	if rule := nameViolation(original, normalized); rule != "" {
		return Name{}, FieldError{FieldName, rule}
	}
	return Name{redact(normalized, maskMiddle(normalized, 0, 1)), unique.Make(original)}, nil
}

// Original returns the person's own spelling, trimmed and without invisible
// characters, fit for [PlainText]; "" for the zero value. Secrecy: as Reveal.
func (n Name) Original() string {
	if n.IsZero() {
		return ""
	}
	return n.original.Value()
}

// Equal reports whether both names are spelled the same once normalized.
func (n Name) Equal(other Name) bool { return n.Reveal() == other.Reveal() }

// visible returns s without zero-width characters and without the variation
// selectors after the first of a sequence, which choose nothing, and with plain
// spaces instead of those that [PlainText] rejects.
func visible(s string) string {
	var previous rune // the last one kept
	return strings.Map(func(r rune) rune {
		switch {
		case zeroWidth(r), variationSelector(r) && variationSelector(previous):
			return -1
		case unicode.Is(unicode.Zs, r) && !space(r):
			r = ' '
		}
		previous = r
		return r
	}, s)
}

// nameViolation returns the rule that a name breaks, or "".
func nameViolation(original, normalized string) string {
	switch {
	case normalized == "":
		return RuleNameEmpty
	case utf8.RuneCountInString(original) > maxOriginalRunes,
		utf8.RuneCountInString(normalized) > maxNameRunes:
		return RuleNameLength
	case strings.Trim(normalized, middleDot) != normalized:
		return RuleNameAlphabet
	}
	letters := 0
	for _, r := range normalized {
		switch {
		case han(r), latin(r):
			letters++
		case !strings.ContainsRune(separators, r):
			return RuleNameAlphabet
		}
	}
	if letters < minNameLetters {
		return RuleNameLength
	}
	return ""
}
