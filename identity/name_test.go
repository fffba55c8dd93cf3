package identity_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"renzheng/identity"
)

func TestParseName_Normalises(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name     string
		raw      string
		want     string
		original string
	}{
		{"a plain name", "张三", "张三", "张三"},
		{"white space around and between", "\t张　三 \n", "张三", "张　三"},
		{"zero-width characters and a byte order mark", "\ufeff张\u200b三\u2060", "张三", "张三"},
		{"a bullet as separator", "买买提•吐尔逊", "买买提·吐尔逊", "买买提•吐尔逊"},
		{"a katakana dot", "买买提・吐尔逊", "买买提·吐尔逊", "买买提・吐尔逊"},
		{"a half-width katakana dot", "买买提･吐尔逊", "买买提·吐尔逊", "买买提･吐尔逊"},
		{"a hyphenation point", "买买提‧吐尔逊", "买买提·吐尔逊", "买买提‧吐尔逊"},
		{"a full-width full stop", "买买提．吐尔逊", "买买提·吐尔逊", "买买提．吐尔逊"},
		{"a small full stop", "买买提﹒吐尔逊", "买买提·吐尔逊", "买买提﹒吐尔逊"},
		{"a bullet operator", "买买提∙吐尔逊", "买买提·吐尔逊", "买买提∙吐尔逊"},
		{"a dot operator", "买买提⋅吐尔逊", "买买提·吐尔逊", "买买提⋅吐尔逊"},
		{"a full stop of a keyboard", "买买提.吐尔逊", "买买提·吐尔逊", "买买提.吐尔逊"},
		{"a doubled separator with spaces", "买买提 ·· 吐尔逊", "买买提·吐尔逊", "买买提 ·· 吐尔逊"},
		{"Latin in full width", "Ｊｏｈｎ　Ｑ．　Ｓｍｉｔｈ", "JOHN Q. SMITH", "Ｊｏｈｎ　Ｑ．　Ｓｍｉｔｈ"},
		{"several spaces between Latin words", "Anne-Marie   O’Neill", "ANNE-MARIE O'NEILL", "Anne-Marie   O’Neill"},
		{"an accented letter", "José Núñez", "JOSÉ NÚÑEZ", "José Núñez"},
		{"a character of four bytes", "𠮷田 𬭚", "𠮷田𬭚", "𠮷田 𬭚"},
		{"a character of the newest plane", "王\U00031350", "王\U00031350", "王\U00031350"},
		{"a private-use character that no standard has moved", "王\ue000", "王\ue000", "王\ue000"},
		{"a private-use character that GB 18030-2000 moved", "王\ue863", "王䶮", "王\ue863"},
		{"a private-use character that GB 18030-2022 moved", "王\ue854", "王\u9fba", "王\ue854"},
		{"a private-use character that equals one of plane 2", "王\ue855", "王\U000241fe", "王\ue855"},
		{"a compatibility ideograph", "\uf9e1明", "李明", "\uf9e1明"},
		{"a compatibility ideograph of plane 2", "王\U0002f804", "王\u4f60", "王\U0002f804"},
		{"a unified ideograph among compatibility ideographs", "王\ufa0e", "王\ufa0e", "王\ufa0e"},
		{"a Kangxi radical", "\u2fbc明", "高明", "\u2fbc明"},
		{"a simplified radical", "\u2ee2\u2ef0", "马龙", "\u2ee2\u2ef0"},
		{"a radical that is a part of a character only", "王\u2ea1", "王\u2ea1", "王\u2ea1"},
		{"accents behind their letters", "JOSE\u0301 NU\u0301N\u0303EZ", "JOSÉ NÚÑEZ", "JOSE\u0301 NU\u0301N\u0303EZ"},
		{"accents behind letters in full width", "Ｊｏｓｅ\u0301", "JOSÉ", "Ｊｏｓｅ\u0301"},
		{"the ideographic zero", "〇三", "〇三", "〇三"},
		{"Latin as it is typed, in capitals as documents print it", "van der Straßen", "VAN DER STRAßEN", "van der Straßen"},
		{"variation selectors after the first", "葛\U000e0100\ufe00\ufe00\u200b\ufe00\ufe00城", "葛城", "葛\U000e0100城"},
		{"a variation selector kept in the person's spelling", "葛\U000e0100城", "葛城", "葛\U000e0100城"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got := name(t, tc.raw)
			if got.Reveal() != tc.want {
				t.Errorf("got %+q, want %+q", got.Reveal(), tc.want)
			}
			if got.Original() != tc.original {
				t.Errorf("got original %+q, want %+q", got.Original(), tc.original)
			}
		})
	}
}

func TestParseName_Refuses(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name string
		raw  string
		rule string
	}{
		{"nothing", "", identity.RuleNameEmpty},
		{"white space and invisible characters", " \u3000\u200b\ufeff", identity.RuleNameEmpty},
		{"one character", "张", identity.RuleNameLength},
		{"one letter and a full stop", "J.", identity.RuleNameLength},
		{"more characters than a name has", strings.Repeat("张", 51), identity.RuleNameLength},
		{"more spaces than the person's spelling may keep", "张" + strings.Repeat(" ", 100) + "三", identity.RuleNameLength},
		{"more bytes than are worth reading", strings.Repeat("\u200b", 400) + "张三", identity.RuleNameLength},
		{"digits", "张三1", identity.RuleNameAlphabet},
		{"separators alone", "··", identity.RuleNameAlphabet},
		{"a separator in front", "·张三", identity.RuleNameAlphabet},
		{"a separator behind", "张三·", identity.RuleNameAlphabet},
		{"markup", "张<b>三", identity.RuleNameAlphabet},
		{"a direction override", "张\u202e三", identity.RuleNameAlphabet},
		{"a line break inside", "张\n三", identity.RuleNameAlphabet},
		{"a null byte", "张\x00三", identity.RuleNameAlphabet},
		{"Cyrillic that looks like Latin", "Аnna Smith", identity.RuleNameAlphabet},
		{"a mark that no letter is written with", "Josx\u0301 Smith", identity.RuleNameAlphabet},
		{"a mark behind nothing", "\u0301José", identity.RuleNameAlphabet},
		{"punctuation in the private-use area", "王\ue78d明", identity.RuleNameAlphabet},
		{"a variation selector behind nothing", "\ufe00张三", identity.RuleNameAlphabet},
		{"bytes that are no UTF-8", "张三\xff", identity.RuleNameAlphabet},
		{"an encoded surrogate", "张三\xed\xa0\x80", identity.RuleNameAlphabet},
		{"the mark of a broken decoding", "张\ufffd三", identity.RuleNameAlphabet},
		{"an emoji", "张三😀", identity.RuleNameAlphabet},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, err := identity.ParseName(tc.raw)
			wantRule(t, err, identity.FieldName, tc.rule)
			if !got.IsZero() || got.Original() != "" {
				t.Errorf("got a name beside the error")
			}
		})
	}
}

func TestName_Equal(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name  string
		a, b  string
		equal bool
	}{
		{"the same name", "张三", "张三", true},
		{"another separator", "买买提•吐尔逊", "买买提·吐尔逊", true},
		{"Latin in another case and width", "JOHN SMITH", "Ｊohn  Ｓmith", true},
		{"another person", "张三", "张四", false},
		{"a character and its compatibility form", "\uf9d1明", "六明", true},
		{"a character and its old private-use code point", "王\ue863", "王䶮", true},
		{"a character and its radical", "\u2fbc明", "高明", true},
		{"an accent by itself and with its letter", "JOSE\u0301", "José", true},
		{"a letter with and without an accent", "José", "Jose", false},
		{"a simplified and a traditional character", "马明", "馬明", false},
		{"two ways to write a character", "黄明", "黃明", false},
		{"a missing separator", "买买提·吐尔逊", "买买提吐尔逊", false},
		{"Latin words run together", "John Smith", "JohnSmith", false},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			a, b := name(t, tc.a), name(t, tc.b)
			if got := a.Equal(b); got != tc.equal {
				t.Errorf("got %t, want %t", got, tc.equal)
			}
			if got := b.Equal(a); got != tc.equal {
				t.Errorf("got %t the other way, want %t", got, tc.equal)
			}
		})
	}
}

func TestName_Masked(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"张三": "*三", "欧阳 娜娜": "***娜", "买买提•吐尔逊": "******逊", "王𬭚": "*𬭚", "John Smith": "*********H",
	} {
		if got := name(t, raw).Masked(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func FuzzParseName(f *testing.F) {
	for _, raw := range []string{
		"张三", " 张　三 ", "买买提•吐尔逊", "买买提 .. 吐尔逊", "Ｊｏｈｎ Ｑ． Smith", "王\ue863", "𠮷田", "\uf9e1\u2fbc", "Jose\u0301",
		"葛\U000e0100城", "张\ufe00\ufe00\ufe00\ufe00\ufe00三", "张\u202e三", "张三\xed\xa0\x80", "O’Neill-Smith, J.·R", "\ufeff",
	} {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		got, err := identity.ParseName(raw)
		if err != nil {
			return
		}
		plain := got.Reveal()
		again, err := identity.ParseName(plain)
		if err != nil || again.Reveal() != plain || !again.Equal(got) {
			t.Errorf("got %+q, %v from the normalized %+q, want the same again", again.Reveal(), err, plain)
		}
		if own, err := identity.ParseName(got.Original()); err != nil || own != got {
			t.Errorf("got %v from the original %+q, want the same again", err, got.Original())
		}
		for spelling, limit := range map[string]int{plain: 50, got.Original(): 100} {
			if err := identity.PlainText(spelling, limit); err != nil {
				t.Errorf("got %v for the accepted %+q", err, spelling)
			}
		}
		last, size := utf8.DecodeLastRuneInString(plain)
		stars := strings.Repeat("*", utf8.RuneCountInString(plain[:len(plain)-size]))
		if want := stars + string(last); got.Masked() != want {
			t.Errorf("got mask %+q, want %+q", got.Masked(), want)
		}
	})
}

func name(t *testing.T, raw string) identity.Name {
	t.Helper()
	parsed, err := identity.ParseName(raw)
	if err != nil {
		t.Fatalf("parsing a name: %v", err)
	}
	return parsed
}
