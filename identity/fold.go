package identity

import (
	"strings"
	"unicode"
)

// maxRawBytes bounds what is folded at all: the longest number, in full width
// with a full-width space after each character, needs less than half of it.
const maxRawBytes = 256

// compact gives raw in half width and ASCII upper case, without white space
// and characters that show nothing. Bytes that are no UTF-8 become U+FFFD,
// which every alphabet here refuses.
func compact(raw string) string {
	return strings.Map(func(r rune) rune {
		r = halfWidth(r)
		switch {
		case unicode.IsSpace(r), zeroWidth(r), bidiControl(r):
			return -1 // phones put direction marks around what is copied from an address book
		case 'a' <= r && r <= 'z':
			return r - 'a' + 'A'
		}
		return r
	}, raw)
}

// halfWidth gives the ASCII form of full-width letters, digits, marks and of
// the ideographic space, and any other character as it is.
func halfWidth(r rune) rune {
	const first, last, distance = '！', '～', '！' - '!'
	switch {
	case first <= r && r <= last:
		return r - distance
	case r == '\u3000':
		return ' '
	}
	return r
}

// zeroWidth tells characters that take no room and spell nothing.
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

// bidiControl tells characters that change the direction of their neighbours
// and so can make a text read other than it is stored.
func bidiControl(r rune) bool {
	return r == '\u061C' || r == '\u200E' || r == '\u200F' ||
		'\u202A' <= r && r <= '\u202E' ||
		'\u2066' <= r && r <= '\u206F' // the isolates and the deprecated shaping controls behind them
}

// noncharacter tells the 66 code points that Unicode keeps out of interchange.
func noncharacter(r rune) bool {
	return '\uFDD0' <= r && r <= '\uFDEF' || r&0xFFFE == 0xFFFE
}

// digits tells whether s consists of ASCII digits alone.
func digits(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}
