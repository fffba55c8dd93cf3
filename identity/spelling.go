package identity

import (
	"strings"
	"unicode"
)

const (
	middleDot  = "·" // U+00B7, between the parts of a name in Han characters
	separators = middleDot + " '-.,"
)

// normaliseName returns the normalised spelling of a name: one code point for each
// character, capital Latin letters, U+00B7 for every kind of middle dot, one space
// between Latin words and no space next to Han characters and dots. It is
// idempotent.
func normaliseName(s string) string {
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

// spell returns the normalised form of one character after previous.
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

// tight tells characters beside which a space says nothing.
func tight(r rune) bool { return r == '·' || han(r) }

// han tells ideographs. The planes 2 and 3 are taken whole, since characters
// are still added to them, and private-use characters are the police's way to
// write what Unicode lacked when a card was issued.
func han(r rune) bool {
	return unicode.Is(unicode.Han, r) || unicode.Is(unicode.Co, r) ||
		0x20000 <= r && r <= 0x3FFFD && !noncharacter(r)
}

func latin(r rune) bool {
	return unicode.Is(unicode.Latin, r) && (unicode.IsUpper(r) || unicode.IsLower(r))
}

// variationSelector tells the marks that choose a glyph of the character
// before them. They are spelling to the person and noise to a data source.
func variationSelector(r rune) bool {
	return '\uFE00' <= r && r <= '\uFE0F' || '\U000E0100' <= r && r <= '\U000E01EF'
}
