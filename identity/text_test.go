package identity_test

import (
	"html"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

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
		{"a tag", "<b>x</b>", identity.RuleTextMarkup},
		{"less than", "a<b", identity.RuleTextMarkup},
		{"greater than", "a>b", identity.RuleTextMarkup},
		{"a reference by name", "a&lt;b", identity.RuleTextMarkup},
		{"a reference by number", "&#60;", identity.RuleTextMarkup},
		{"a reference by hexadecimal number", "&#x3C;b", identity.RuleTextMarkup},
		{"a reference by name without its end", "&ltscript&gt", identity.RuleTextMarkup},
		{"a reference by number without its end", "&#60script", identity.RuleTextMarkup},
		{"a reference to an ampersand", "A&AMPlt;B", identity.RuleTextMarkup},
		{"digits that are struck out", "出资9\u03360\u03360\u0336万元", identity.RuleTextCharacter},
		{"a letter with a solidus across", "a\u0338", identity.RuleTextCharacter},
		{"a vertical line across a digit", "1\u20d2", identity.RuleTextCharacter},
		{"a ring across a digit", "1\u20d8", identity.RuleTextCharacter},
		{"a mark of a keycap", "1\u20e3", identity.RuleTextCharacter},
		{"invisible characters alone", "\u200b\u2060", identity.RuleTextCharacter},
		{"a zero-width space", "壹\u200b万", identity.RuleTextCharacter},
		{"a zero-width joiner", "壹\u200d万", identity.RuleTextCharacter},
		{"a soft hyphen", "a\u00adb", identity.RuleTextCharacter},
		{"a word joiner", "a\u2060b", identity.RuleTextCharacter},
		{"a filler of Hangul", "a\u3164b", identity.RuleTextCharacter},
		{"a blank of Braille", "a\u2800b", identity.RuleTextCharacter},
		{"a combining mark that shows nothing", "a\u034fb", identity.RuleTextCharacter},
		{"a variation selector behind a Latin letter", "a\ufe0f", identity.RuleTextCharacter},
		{"an enclosing mark", "a\u20dd", identity.RuleTextCharacter},
		{"a space without width", "a\u200ab", identity.RuleTextCharacter},
		{"a picture", "公司😀", identity.RuleTextCharacter},
		{"a line of a box", "a│b", identity.RuleTextCharacter},
		{"a code point of nobody", "a\u0378", identity.RuleTextCharacter},
		{"a code point of nobody in plane 2", "a\U0002A6E0", identity.RuleTextCharacter},
		{"a code point of nobody in plane 3", "a\U0003FFF0", identity.RuleTextCharacter},
		{"five marks on one letter", "a" + strings.Repeat("\u0301", 5), identity.RuleTextMarks},
		{"a mark at the beginning", "\u0301a", identity.RuleTextMarks},
		{"a mark on a space", "a \u0301", identity.RuleTextMarks},
		{"a mark on punctuation", "a-\u0301", identity.RuleTextMarks},
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

func TestPlainText_TakesWhatBusinessTextsHold(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"北京市甲、乙（集团）有限公司——分公司", "许可项目：药品生产；一般项目：\u3000R&D、A&B、AT&T、H&M", "“样例”《章程》【一】〔二〕…·〈三〉",
		"面积≥120㎡，≤30℃，№ 5，¥100.00，€5，±2%，3×4÷2，1‰，45°", "①②⑩ Ⅳ ½ ㈱ ㊣ 〇 〒 ™ ® ©", "□ ■ ○ ● ◆ ★ ☐ ☑ ☒ ✓ ✔ → ↑",
		"＜甲＞ ＆ａｂｃ１２３￥", "样例@example.com, https://example.cn/?a=b&c=d#e [1] {2} 3_4 ~5 `6` ^7 \\8 |9",
		"\U00030000\U0002A6DF㐀鿿豈\U0002F800", "\U0002B73A\U0002CEAD\U0002EBF0\U0002EE5D\U000323B0\U00033479", "⿰王奇 ⺮ ⼈", "葛\U000E0100飾", "王\ue863",
		"José JOSE\u0301 Việt Việt", "شىنجاڭ", "བོད་ལྗོངས་ བསྒྲུབས", "ᠮᠣᠩᠭᠣᠯ", "ꆈꌠꉙ ꒐", "한국어 한", "ภาษาไทยที่", "မြွှ", "हिन्दी", "日本語 がぎ ﾃﾞｽ",
	} {
		if err := identity.PlainText(text, 100); err != nil {
			t.Errorf("%+q: got %v, want none", text, err)
		}
	}
}

func TestPlainLines(t *testing.T) {
	t.Parallel()
	for text, lines := range map[string]int{"第一行\n第二行": 2, "一行": 1} {
		if err := identity.PlainLines(text, 20, lines); err != nil {
			t.Errorf("got %v for %+q, want none", err, text)
		}
	}
	wantRule(t, identity.PlainLines("第一行\n\n第三行", 20, 2), identity.FieldText, identity.RuleTextLength)
	wantRule(t, identity.PlainLines("\n\n", 20, 3), identity.FieldText, identity.RuleTextEmpty)
	for _, text := range []string{"a\r\nb", "a\tb", "a\vb", "a\u2029b"} {
		wantRule(t, identity.PlainLines(text, 20, 3), identity.FieldText, identity.RuleTextControl)
	}
}

func FuzzPlainText(f *testing.F) {
	for _, text := range []string{"变更", "王\ue863", "a\nb", "a\u202eb", "a\xed\xa0\x80", "\ufeff", "a\U0010ffff", "9\u0336", "&lt", " ", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		const limit = 40
		lines, line := identity.PlainLines(text, limit, limit), identity.PlainText(text, limit)
		if line == nil && lines != nil {
			t.Errorf("got %v for lines, none for one line of %+q", lines, text)
		}
		if lines != nil {
			return
		}
		if !utf8.ValidString(text) || utf8.RuneCountInString(text) > limit || strings.TrimSpace(text) == "" {
			t.Errorf("got %+q accepted", text)
		}
		if html.UnescapeString(text) != text {
			t.Errorf("got %+q accepted, which HTML reads as %+q", text, html.UnescapeString(text))
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
	return unicode.In(r, unicode.Bidi_Control, unicode.Noncharacter_Code_Point, unicode.Cf, unicode.Cs, unicode.Me,
		unicode.Zl, unicode.Zp, unicode.Other_Default_Ignorable_Code_Point) ||
		unicode.IsControl(r) && r != '\n' || r == '<' || r == '>' || norm.NFD.PropertiesString(string(r)).CCC() == 1
}
