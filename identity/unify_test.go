package identity_test

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/unicode/norm"

	"renzheng/identity"
)

func TestParseName_NeverMergesCharactersThatDiffer(t *testing.T) {
	t.Parallel()
	for r := range rune(0x30000) {
		if 0x20000 <= r && r < 0x2F000 {
			continue // this range has only unified ideographs
		}
		parsed, err := identity.ParseName("王" + string(r) + "三")
		if err != nil {
			continue
		}
		inside := []rune(parsed.Reveal())
		if len(inside) != 3 || inside[1] == r {
			continue // a space is dropped; most characters do not change
		}
		switch got := inside[1]; {
		case unicode.Is(unicode.Unified_Ideograph, r):
			t.Errorf("got %U for the ideograph %U, want it to stay", got, r)
		case unicode.Is(unicode.Radical, r) && unicode.Is(unicode.Unified_Ideograph, got),
			string(got) == strings.ToUpper(norm.NFC.String(string(r))),
			unicode.Is(unicode.Co, r) && !unicode.Is(unicode.Co, got),
			strings.ContainsRune("·-'", got),
			strings.ToUpper(norm.NFKC.String(string(r))) == string(got) && got < unicode.MaxASCII:
		default:
			t.Errorf("got %U for %U, which is another character", got, r)
		}
	}
}

func TestParseName_ReplacesEveryKangxiRadical(t *testing.T) {
	t.Parallel()
	for radical := '\u2F00'; radical <= '\u2FD5'; radical++ {
		want := norm.NFKC.String(string(radical))
		if got := name(t, "王"+string(radical)).Reveal(); got != "王"+want {
			t.Errorf("got %s for %U, want %s behind 王", got, radical, want)
		}
	}
	for radical, want := range map[rune]string{'\u2E9F': "母", '\u2EF3': "龟", '\u2E92': "巳", '\u2EF2': "亀"} {
		if got := name(t, "王"+string(radical)).Reveal(); got != "王"+want {
			t.Errorf("got %s for %U, want %s behind 王", got, radical, want)
		}
	}
}

// Punctuation and descriptions are rejected in a name, whichever code point they have.
func TestParseName_MovesThePrivateUseOfSigns(t *testing.T) {
	t.Parallel()
	signs := func(r rune) bool {
		return '\uE78D' <= r && r <= '\uE796' || '\uE7E7' <= r && r <= '\uE7F3'
	}
	for r := '\uE780'; r < '\uE800'; r++ {
		got, err := identity.ParseName("王" + string(r))
		switch want := map[rune]string{'\uE7C7': "王Ḿ", '\uE7C8': "王Ǹ"}[r]; {
		case signs(r):
			wantRule(t, err, identity.FieldName, identity.RuleNameAlphabet)
		case want != "" && got.Reveal() != want, want == "" && got.Reveal() != "王"+string(r):
			t.Errorf("got %+q, %v for %U, want %s", got.Reveal(), err, r, want)
		}
	}
}

// The library knows the assignments of GB 18030-2005. Later assignments are listed by hand.
func TestParseName_MovesPrivateUseCharactersAsGB18030Does(t *testing.T) {
	t.Parallel()
	later := map[rune]rune{
		'\uE816': '\U00020087', '\uE817': '\U00020089', '\uE818': '\U000200CC', '\uE81E': '\u9FB4',
		'\uE826': '\u9FB5', '\uE82B': '\u9FB6', '\uE82C': '\u9FB7', '\uE831': '\U000215D7',
		'\uE832': '\u9FB8', '\uE83B': '\U0002298F', '\uE843': '\u9FB9', '\uE854': '\u9FBA',
		'\uE855': '\U000241FE', '\uE864': '\u9FBB',
	}
	old := '\uE815' // GBK gave the private-use area to FE50 to FEA0 in this order
	for trail := byte(0x50); trail <= 0xA0; trail++ {
		if trail == 0x7F {
			continue // no code of GBK has this last byte
		}
		decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes([]byte{0xFE, trail})
		if err != nil {
			t.Fatal(err)
		}
		want := []rune(string(decoded))[0]
		if want == unicode.ReplacementChar {
			want = later[old]
		}
		if got := []rune(name(t, "王"+string(old)).Reveal())[1]; got != want {
			t.Errorf("got %U for %U, want %U", got, old, want)
		}
		old++
	}
	if old != '\uE865' {
		t.Errorf("got to %U, want to U+E865", old)
	}
}
