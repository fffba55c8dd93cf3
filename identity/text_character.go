package identity

import (
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// letterOrDigit reports whether r is a visible letter or number of any script. The
// private-use areas count as Han, see han.
func letterOrDigit(r rune) bool {
	return han(r) || unicode.In(r, unicode.L, unicode.N) && !unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
}

// combining reports whether r is a visible mark on the letter before it. Enclosing
// marks and overlays are excluded.
func combining(r rune) bool {
	return unicode.In(r, unicode.Mn, unicode.Mc) && !overlay(r) &&
		!unicode.In(r, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}

// overlay reports whether r is a mark that is drawn across the character before it
// (canonical combining class 1), such as U+0336. With it an amount looks struck out.
func overlay(r rune) bool {
	return norm.NFC.PropertiesString(string(r)).CCC() == 1
}

// space reports whether r is one of the spaces of Western and Chinese text.
func space(r rune) bool { return r == ' ' || r == '\u00A0' || r == '\u3000' }

// punctuation reports whether r is punctuation of any script.
func punctuation(r rune) bool { return unicode.Is(unicode.P, r) }

// businessSymbol reports whether r is a symbol that business texts use: any symbol
// of currencies and mathematics, and by block units and enclosed characters
// (℃ № ㎡ ㈱ ①), arrows, bullets and tick boxes (→ ■ ☑), and descriptions and
// radicals of Han characters (⿰ ⺮). Emoji, box drawing and invisible symbols such
// as U+2800 are excluded.
func businessSymbol(r rune) bool {
	return unicode.In(r, unicode.Sc, unicode.Sm) || unicode.In(r, unicode.Sk, unicode.So) && symbolBlock(r)
}

func symbolBlock(r rune) bool {
	switch {
	case r <= '\u00FF', // ^ ` ° © ®
		'\u0F00' <= r && r <= '\u0FFF', // Tibetan
		'\u2100' <= r && r <= '\u21FF', // letter-like symbols, number forms, arrows
		r == '\u2300',                  // diameter
		'\u2460' <= r && r <= '\u24FF', // enclosed letters and numbers
		'\u25A0' <= r && r <= '\u25FF', // squares, circles, triangles
		r == '\u2605', r == '\u2606',   // stars
		'\u2610' <= r && r <= '\u2612', // ballot boxes
		'\u2713' <= r && r <= '\u2718', // ticks and crosses
		'\u2E80' <= r && r <= '\u303F', // radicals, descriptions of characters, CJK symbols
		'\u3200' <= r && r <= '\u33FF', // enclosed CJK characters, units
		'\uA490' <= r && r <= '\uA4CF', // Yi radicals
		'\uFF00' <= r && r <= '\uFFEF': // full-width and half-width forms
		return true
	}
	return r == '\u309B' || r == '\u309C' // voiced sound marks by themselves
}

// control reports whether r is a control character, a noncharacter, a line or
// paragraph separator, a byte order mark, an annotation or a tag.
func control(r rune) bool {
	switch {
	case unicode.IsControl(r), noncharacter(r), r == '\uFEFF', r == '\u2028', r == '\u2029',
		'\uFFF9' <= r && r <= '\uFFFB',         // interlinear annotations
		'\U000E0000' <= r && r <= '\U000E007F': // invisible tags
		return true
	}
	return false
}
