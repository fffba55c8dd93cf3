package identity

import (
	"strings"
	"unicode"
)

const (
	middleDot  = "·" // U+00B7, between the parts of a name in Han characters
	separators = middleDot + " '-.,"
)

// normalizeName returns the normalized spelling of a name: one code point for each
// character, capital Latin letters, U+00B7 for every kind of middle dot, one space
// between Latin words and no space next to Han characters and dots. It is
// idempotent.
func normalizeName(s string) string {
	var out strings.Builder
	var previous rune // the last one written
	space := false    // white space was read since
	for _, r := range unify(s) {
		r = spell(r, previous)
		switch {
		case r == ' ':
			space = true
			continue
		case r == '·' && previous == '·', variationSelector(r) && han(previous) && !space:
			continue
		}
		if space && previous != 0 && !tight(previous) && !tight(r) {
			out.WriteRune(' ')
		}
		out.WriteRune(r)
		previous, space = r, false
	}
	return out.String()
}

// spell returns the normalized form of one character after previous.
func spell(r, previous rune) rune {
	switch r {
	case '\u0387', '\u2022', '\u2027', '\u2219', '\u22C5', '\u2E31', '\u2E33', '\u30FB', '\uA78F', '\uFF65':
		return '·'
	case '.', '\uFE52':
		if latin(previous) {
			return '.' // an initial such as J.
		}
		return '·'
	case '\u2018', '\u2019', '\u02BC':
		return '\''
	case '\u2010', '\u2011', '\u2013':
		return '-'
	}
	switch {
	case unicode.Is(unicode.Zs, r):
		return ' '
	case latin(r):
		return unicode.ToUpper(r)
	}
	return r
}

// tight reports whether a space next to r has no meaning.
func tight(r rune) bool { return r == '·' || han(r) }

// han reports whether r is an assigned ideograph, or a private-use character: the
// police write with those what Unicode lacked when a card was issued.
func han(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Co) || laterHan(r)
}

// laterHan reports whether r is an ideograph of planes 2 and 3 that Unicode 15.1 or
// 17 has added. The tables of package unicode are those of Unicode 15.0.
func laterHan(r rune) bool {
	return 0x2B73A <= r && r <= 0x2B73F || // Extension C
		0x2CEA2 <= r && r <= 0x2CEAD || // Extension E
		0x2EBF0 <= r && r <= 0x2EE5D || // Extension I
		0x323B0 <= r && r <= 0x33479 // Extension J
}

func latin(r rune) bool {
	return unicode.Is(unicode.Latin, r) && (unicode.IsUpper(r) || unicode.IsLower(r))
}

// variationSelector reports whether r chooses a glyph of the character before it.
// Such marks are part of a person's spelling, and noise to a data source.
func variationSelector(r rune) bool {
	return '\uFE00' <= r && r <= '\uFE0F' || '\U000E0100' <= r && r <= '\U000E01EF'
}
