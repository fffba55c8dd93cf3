package identity

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// unify returns s with one code point for each character that has several. It
// applies NFC to letters with accents and to compatibility ideographs. It replaces
// radicals by unified ideographs, private-use code points that a standard has
// moved by their assigned ones, and full-width Latin letters and signs by half
// width.
//
// NFKC would do too much: it also replaces characters that differ in meaning.
func unify(s string) string {
	return norm.NFC.String(strings.Map(func(r rune) rune {
		return wholeRadical(assigned(halfWidth(r)))
	}, s))
}

// wholeRadical returns the ideograph that looks the same as a radical, and any
// other character as it is. Texts copied from PDF files contain radicals, because
// fonts draw both with one glyph. A radical that is only one side of a character,
// such as ⺡, has no such ideograph.
//
// Sources: the Unicode Character Database, decompositions of Kangxi radicals,
// U+2E9F and U+2EF3; EquivalentUnifiedIdeograph.txt for the others.
func wholeRadical(r rune) rune {
	const radicals, ideographs = "" +
		"⺒⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲", "" +
		"巳民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀"
	if r < '\u2E80' || r > '\u2FD5' { // outside the two blocks of radicals
		return r
	}
	if r >= '\u2F00' || r == '\u2E9F' || r == '\u2EF3' {
		return nth(norm.NFKC.String(string(r)), 0)
	}
	return counterpart(r, radicals, ideographs)
}

// assigned returns the assigned code point of a character that GBK had in the
// private-use area because Unicode lacked it then, and any other character as it
// is. Input methods and police systems still write the old code points.
//
// Sources: GB 18030-2000, -2005 and -2022, which moved 80, 1 and 18 of them, and
// GB/T 22321.1-2018 for the six that equal characters of Unicode's plane 2
// (U+E816, U+E817, U+E818, U+E831, U+E83B, U+E855). The order is that of the
// codes A6D9 to A6F3, A8BC and A8BF, A989 to A995, and FE50 to FEA0.
func assigned(r rune) rune {
	const (
		vertical    = "︐︒︑︓︔︕︖︗︘︙"    // U+E78D to U+E796: punctuation of vertical text
		pinyin      = "ḿǹ"            // U+E7C7, U+E7C8
		description = "〾⿰⿱⿲⿳⿴⿵⿶⿷⿸⿹⿺⿻" // U+E7E7 to U+E7F3: descriptions of ideographs
		ideographs  = "" +            // U+E815 to U+E864
			"⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱" +
			"䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻"
	)
	switch {
	case '\uE78D' <= r && r <= '\uE796':
		return nth(vertical, int(r-'\uE78D'))
	case r == '\uE7C7', r == '\uE7C8':
		return nth(pinyin, int(r-'\uE7C7'))
	case '\uE7E7' <= r && r <= '\uE7F3':
		return nth(description, int(r-'\uE7E7'))
	case '\uE815' <= r && r <= '\uE864':
		return nth(ideographs, int(r-'\uE815'))
	}
	return r
}

// nth returns character number n of s, counted from 0.
func nth(s string, n int) rune { return []rune(s)[n] }

// counterpart returns the character of to at the place of r in from, or r if from
// lacks it. from and to have the same number of characters.
func counterpart(r rune, from, to string) rune {
	before := strings.IndexRune(from, r)
	if before < 0 {
		return r
	}
	return nth(to, utf8.RuneCountInString(from[:before]))
}
