package identity_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"renzheng/identity"
)

func TestPlainText(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name string
		text string
		rule string // "" where the text is fine
	}{
		{"a sentence", "变更法定代表人 (一)", ""},
		{"a private-use character of the police", "王\ue863", ""},
		{"a character of four bytes", "𬭚", ""},
		{"exactly as long as allowed", strings.Repeat("𬭚", 20), ""},
		{"one character too long", strings.Repeat("a", 21), identity.RuleTextLength},
		{"far too long", strings.Repeat("a", 1<<20), identity.RuleTextLength},
		{"nothing", "", identity.RuleTextEmpty},
		{"white space alone", " \u3000", identity.RuleTextEmpty},
		{"invisible characters alone", "\u200b\u2060", identity.RuleTextEmpty},
		{"bytes that are no UTF-8", "a\xff", identity.RuleTextUTF8},
		{"an overlong form", "a\xc0\x80", identity.RuleTextUTF8},
		{"an encoded surrogate", "a\xed\xa0\x80", identity.RuleTextUTF8},
		{"the mark of a broken decoding", "a\ufffd", identity.RuleTextUTF8},
		{"a null byte", "a\x00", identity.RuleTextControl},
		{"a tab", "a\tb", identity.RuleTextControl},
		{"a line break", "a\nb", identity.RuleTextControl},
		{"an escape sequence", "a\x1b[2J", identity.RuleTextControl},
		{"a control character of the second block", "a\u0085b", identity.RuleTextControl},
		{"a line separator", "a\u2028b", identity.RuleTextControl},
		{"a byte order mark", "a\ufeffb", identity.RuleTextControl},
		{"a noncharacter", "a\ufdd0", identity.RuleTextControl},
		{"a noncharacter of the last plane", "a\U0010ffff", identity.RuleTextControl},
		{"an annotation", "a\ufff9b", identity.RuleTextControl},
		{"tags that nobody sees", "a\U000e0041", identity.RuleTextControl},
		{"a right-to-left override", "a\u202eb", identity.RuleTextBidi},
		{"an embedding", "a\u202ab", identity.RuleTextBidi},
		{"an isolate", "a\u2066b\u2069", identity.RuleTextBidi},
		{"a left-to-right mark", "a\u200eb", identity.RuleTextBidi},
		{"a right-to-left mark", "a\u200fb", identity.RuleTextBidi},
		{"an Arabic letter mark", "a\u061cb", identity.RuleTextBidi},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			err := identity.PlainText(tc.text, 20)
			if tc.rule != "" {
				wantRule(t, err, identity.FieldText, tc.rule)
				return
			}
			if err != nil {
				t.Errorf("got %v, want none", err)
			}
		})
	}
}

func TestPlainLines(t *testing.T) {
	t.Parallel()
	if err := identity.PlainLines("第一行\n第二行", 20); err != nil {
		t.Errorf("got %v for two lines, want none", err)
	}
	wantRule(t, identity.PlainLines("\n\n", 20), identity.FieldText, identity.RuleTextEmpty)
	for _, text := range []string{"a\r\nb", "a\tb", "a\vb", "a\u2029b"} {
		wantRule(t, identity.PlainLines(text, 20), identity.FieldText, identity.RuleTextControl)
	}
}

func FuzzPlainText(f *testing.F) {
	for _, text := range []string{"变更", "王\ue863", "a\nb", "a\u202eb", "a\xed\xa0\x80", "\ufeff", "a\U0010ffff", " ", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		const limit = 40
		lines, line := identity.PlainLines(text, limit), identity.PlainText(text, limit)
		if line == nil && lines != nil {
			t.Errorf("got %v for lines, none for one line of %+q", lines, text)
		}
		if lines != nil {
			return
		}
		if !utf8.ValidString(text) || utf8.RuneCountInString(text) > limit || strings.TrimSpace(text) == "" {
			t.Errorf("got %+q accepted", text)
		}
		if i := strings.IndexFunc(text, forbidden); i >= 0 {
			t.Errorf("got %+q accepted at byte %d of %+q", text[i:i+1], i, text)
		}
		if line == nil && strings.Contains(text, "\n") {
			t.Errorf("got several lines accepted as one: %+q", text)
		}
	})
}

// forbidden tells by Unicode's own tables what no accepted text holds.
func forbidden(r rune) bool {
	return unicode.In(r, unicode.Bidi_Control, unicode.Noncharacter_Code_Point) ||
		unicode.IsControl(r) && r != '\n' || r == '\ufeff'
}
