package identity

import (
	"strings"
	"unicode/utf8"
)

// maxMarks is how many combining marks one letter may carry: enough for the
// orthographies of living languages, and too few to cover other lines.
const maxMarks = 4

// PlainText returns an error unless s is one line of 1 to maxRunes characters that
// a business text needs: letters and digits of every script with a bounded number
// of combining marks, punctuation, the symbols of [businessSymbol] and spaces. So
// it rejects characters that show nothing or change the direction of text. It also
// rejects markup: "<", ">" and character references such as &lt;. Private-use
// characters are accepted, because the police write rare names with them.
//
// Errors: a [Problem] of FieldText with one of the RuleText constants.
func PlainText(s string, maxRunes int) error {
	return refuseText(s, maxRunes, "")
}

// PlainLines is [PlainText] for text of several lines, separated by U+000A.
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
	var reader textReader
	for i, r := range s {
		if strings.ContainsRune(allowed, r) {
			reader.base = 0
			continue
		}
		if rule := reader.refuse(r, s[i:]); rule != "" {
			return Problem{FieldText, rule}
		}
	}
	if !reader.visible {
		return Problem{FieldText, RuleTextEmpty}
	}
	return nil
}

// textReader reads a text character by character.
type textReader struct {
	visible bool
	base    rune // the letter or digit that the next combining mark belongs to; 0 if there is none
	marks   int  // how many marks base already carries
}

// refuse returns the rule that r breaks as the first character of rest, or "".
func (t *textReader) refuse(r rune, rest string) string {
	if rule := refuseRune(r, rest); rule != "" {
		return rule
	}
	switch {
	case letterOrDigit(r):
		t.visible, t.base, t.marks = true, r, 0
	case combining(r), variationSelector(r) && han(t.base):
		if t.marks++; t.base == 0 || t.marks > maxMarks {
			return RuleTextMarks
		}
	case space(r):
		t.base = 0
	case punctuation(r), businessSymbol(r):
		t.visible, t.base = true, 0
	default:
		return RuleTextCharacter
	}
	return ""
}

// refuseRune returns the rule that r breaks by itself, or "".
func refuseRune(r rune, rest string) string {
	switch {
	case r == utf8.RuneError:
		return RuleTextUTF8 // what decoders leave where the sender's bytes or surrogates were broken
	case bidiControl(r):
		return RuleTextBidi
	case control(r):
		return RuleTextControl
	case r == '<', r == '>', r == '&' && reference(rest):
		return RuleTextMarkup
	}
	return ""
}

// reference reports whether s begins with a character reference of HTML or XML,
// such as &lt; or &#60;. An "&" by itself is not one.
func reference(s string) bool {
	name := strings.TrimPrefix(s[1:], "#")
	end := strings.IndexFunc(name, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
	return end > 0 && name[end] == ';'
}
