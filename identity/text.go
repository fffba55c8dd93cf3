package identity

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// PlainText refuses text that is not one bounded line of plain characters:
// empty or invisible, longer than maxRunes characters, invalid UTF-8 (encoded
// surrogates too), control and direction characters, noncharacters, byte order
// marks. Private-use characters pass: the police writes rare names with them.
//
// Errors: a [Problem] of FieldText with one of the RuleText constants.
func PlainText(s string, maxRunes int) error {
	return refuseText(s, maxRunes, "")
}

// PlainLines is [PlainText] for text of several lines, parted by U+000A alone.
func PlainLines(s string, maxRunes int) error {
	return refuseText(s, maxRunes, "\n")
}

func refuseText(s string, maxRunes int, allowed string) error {
	if len(s) > maxRunes*utf8.UTFMax || utf8.RuneCountInString(s) > maxRunes {
		return Problem{FieldText, RuleTextLength}
	}
	if !utf8.ValidString(s) {
		return Problem{FieldText, RuleTextUTF8}
	}
	visible := false
	for _, r := range s {
		if strings.ContainsRune(allowed, r) {
			continue
		}
		if rule := refuseRune(r); rule != "" {
			return Problem{FieldText, rule}
		}
		visible = visible || !unicode.IsSpace(r) && !zeroWidth(r)
	}
	if !visible {
		return Problem{FieldText, RuleTextEmpty}
	}
	return nil
}

// refuseRune gives the rule that r breaks in plain text, or "".
func refuseRune(r rune) string {
	switch {
	case r == utf8.RuneError:
		return RuleTextUTF8 // what decoders leave where the sender's bytes or surrogates were broken
	case bidiControl(r):
		return RuleTextBidi
	case unicode.IsControl(r), noncharacter(r), r == '\uFEFF',
		r == '\u2028', r == '\u2029', // line and paragraph separator
		'\uFFF9' <= r && r <= '\uFFFB',         // annotation marks: text beside the text
		'\U000E0000' <= r && r <= '\U000E007F': // tags: text nobody sees
		return RuleTextControl
	}
	return ""
}
