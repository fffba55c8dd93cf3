package identity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// maxRawBytes bounds what is normalized at all. The longest number, in full width
// with a full-width space after each character, needs less than half of it.
const maxRawBytes = 256

// compact returns a number as machines write it: in ASCII and upper case, without
// spaces, hyphens and invisible characters. A character that has no such form
// stays as it is, and every alphabet here rejects it. Bytes that are not UTF-8
// become U+FFFD. Characters with different values never become the same one.
func compact(raw string) string {
	return strings.Map(func(r rune) rune {
		r = ascii(r)
		switch {
		case '0' <= r && r <= '9', 'A' <= r && r <= 'Z': // most are, and the tables below are slow
			return r
		case 'a' <= r && r <= 'z':
			return r - 'a' + 'A'
		case unicode.IsSpace(r), invisible(r), dash(r):
			return -1
		}
		return r
	}, raw)
}

// ascii returns the ASCII character of which r is a form, or r itself.
// Forms are those of Unicode (full width, superscript, subscript, enclosed and
// mathematical characters, Roman numerals of one letter) and look-alikes. The long
// s is not one: it is a form of s, but looks like f.
func ascii(r rune) rune {
	if r < utf8.RuneSelf || r == 'ſ' {
		return r
	}
	if form := norm.NFKC.String(string(r)); len(form) == 1 {
		return rune(form[0])
	}
	return lookAlike(r)
}

// lookAlike returns the Latin letter that looks the same as r, for Greek and
// Cyrillic letters and for signs that people write for the X of a resident ID.
// Every other character is returned as it is.
//
// Capitals and small letters are listed separately, because a small letter may look
// like another Latin letter than its capital: Ν looks like N, but ν like v, and Η
// looks like H, but η like n. Such small letters are not listed. Every alphabet
// here rejects them, because nobody can tell which letter was meant.
//
// Source: Unicode Technical Standard 39, confusables.txt.
func lookAlike(r rune) rune {
	const (
		letters = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" + "αικορχ" + "АВЕЅІЈКМНОРСТУХ" + "авеѕіјкмнорстух" + "×✕✖⨯╳"
		latin   = "ABEZHIKMNOPTYX" + "aikopx" + "ABESIJKMHOPCTYX" + "abesijkmhopctyx" + "XXXXX"
	)
	return counterpart(r, letters, latin)
}

// dash reports whether r is a hyphen or dash of any kind, or a minus sign.
func dash(r rune) bool {
	return unicode.Is(unicode.Pd, r) || r == '\u2043' || r == '\u2212' // hyphen bullet, minus
}

// invisible reports whether r shows nothing: format characters, variation
// selectors, fillers and the blank of Braille. The format characters include the
// direction marks that phones put around numbers copied from an address book.
func invisible(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) || r == '\u2800'
}

// halfWidth returns the ASCII character of which r is the full-width form, or r
// itself.
func halfWidth(r rune) rune {
	if narrow := width.LookupRune(r).Narrow(); 0 < narrow && narrow < utf8.RuneSelf {
		return narrow
	}
	return r
}

// zeroWidth reports whether r takes no room and spells nothing.
func zeroWidth(r rune) bool {
	switch r {
	case '\u00AD', // soft hyphen
		'\u034F',                               // combining grapheme joiner
		'\u180E',                               // Mongolian vowel separator
		'\u200B', '\u200C', '\u200D', '\u2060', // zero-width space, joiners, word joiner
		'\uFEFF': // byte order mark
		return true
	}
	return false
}

// bidiControl reports whether r changes the direction of its neighbours. Such a
// character can make a text read differently from how it is stored.
func bidiControl(r rune) bool {
	return r == '\u061C' || r == '\u200E' || r == '\u200F' ||
		'\u202A' <= r && r <= '\u202E' ||
		'\u2066' <= r && r <= '\u206F' // the isolates and the deprecated shaping controls behind them
}

// noncharacter reports whether r is one of the 66 code points that Unicode excludes
// from interchange.
func noncharacter(r rune) bool {
	return '\uFDD0' <= r && r <= '\uFDEF' || r&0xFFFE == 0xFFFE
}

// digits reports whether s consists of ASCII digits only.
func digits(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}
