package identity

import (
	"html"
	"regexp"
	"strings"
	"unicode/utf8"
)

// maxMarks is how many combining marks one letter may carry: enough for the
// orthographies of living languages, and too few to cover other lines.
const maxMarks = 4

// PlainText returns an error unless s is one line of 1 to maxRunes characters that
// a business text needs: letters and digits of every script with a bounded number
// of combining marks, punctuation, the symbols of [businessSymbol] and spaces. So
// it rejects characters that show nothing, cross out other characters or change the
// direction of text. It also rejects markup: "<", ">" and character references.
// Private-use characters are accepted, because the police write rare names with
// them.
//
// Errors: a [FieldError] of FieldText with one of the RuleText constants.
func PlainText(s string, maxRunes int) error {
	return checkText(s, maxRunes, "")
}

// PlainLines is [PlainText] for text of up to maxLines lines, separated by U+000A.
func PlainLines(s string, maxRunes, maxLines int) error {
	if strings.Count(s, "\n") >= maxLines {
		return FieldError{FieldText, RuleTextLength}
	}
	return checkText(s, maxRunes, "\n")
}

func checkText(s string, maxRunes int, allowed string) error {
	if len(s) > maxRunes*utf8.UTFMax || utf8.RuneCountInString(s) > maxRunes {
		return FieldError{FieldText, RuleTextLength}
	}
	if !utf8.ValidString(s) {
		return FieldError{FieldText, RuleTextUTF8}
	}
	if referring(s) {
		return FieldError{FieldText, RuleTextMarkup}
	}
	var reader textReader
	for _, r := range s {
		if strings.ContainsRune(allowed, r) {
			reader.base = 0
			continue
		}
		if rule := reader.violation(r); rule != "" {
			return FieldError{FieldText, rule}
		}
	}
	if !reader.visible {
		return FieldError{FieldText, RuleTextEmpty}
	}
	return nil
}

// textReader reads a text character by character.
type textReader struct {
	visible bool
	base    rune // the letter or digit that the next combining mark belongs to; 0 if absent
	marks   int  // how many marks base already carries
}

// violation returns the rule that r breaks as the next character, or "".
func (t *textReader) violation(r rune) string {
	if rule := runeViolation(r); rule != "" {
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

// runeViolation returns the rule that r breaks by itself, or "".
func runeViolation(r rune) string {
	switch {
	case r == utf8.RuneError:
		return RuleTextUTF8 // what decoders leave where the sender's bytes or surrogates were broken
	case bidiControl(r):
		return RuleTextBidi
	case control(r):
		return RuleTextControl
	case r == '<', r == '>':
		return RuleTextMarkup
	}
	return ""
}

// completeReference matches a character reference of HTML or XML, of any name.
var completeReference = regexp.MustCompile(`&#?[0-9A-Za-z]+;`)

// referring reports whether s has a character reference, such as &lt; or &#60;.
// HTML reads numbers and some names, such as &lt, also without the semicolon. An
// "&" by itself is not one, nor is that of AT&T or R&D.
func referring(s string) bool {
	return completeReference.MatchString(s) || html.UnescapeString(s) != s
}
