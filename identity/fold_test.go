package identity_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"renzheng/identity"
)

// Each family of digits is described by its first character, the value of that character, and its length. A character
// of no family is dropped or rejected.
func TestParseBankCard_GivesEveryCharacterOfUnicodeItsOwnValue(t *testing.T) {
	t.Parallel()
	values := map[rune]string{'\u2070': "0", '\u00B9': "1", '\u00B2': "2", '\u00B3': "3", '\u24EA': "0"}
	family := func(first rune, value, length int) {
		for i := range length {
			values[first+rune(i)] = fmt.Sprint((value + i) % 10)
		}
	}
	family('0', 0, 10)
	family('\uFF10', 0, 10)
	family('\u2074', 4, 6)
	family('\u2080', 0, 10)
	family('\u2460', 1, 9)
	family('\U0001D7CE', 0, 50)
	family('\U0001FBF0', 0, 10)
	for r := range rune(0xE1000) {
		if 0x20000 <= r && r < 0xE0000 {
			continue // ideographs, and planes without characters
		}
		const card = "4000000000006"
		got, err := identity.ParseBankCard(card + string(r))
		value, isDigit := values[r]
		switch {
		case isDigit && (err != nil || got.Reveal() != card+value):
			t.Errorf("got %q, %v for %U, want the digit %s", got.Reveal(), err, r, value)
		case !isDigit && err == nil && got.Reveal() != card:
			t.Errorf("got %q for %U, want it dropped or rejected", got.Reveal(), r)
		case !isDigit && err == nil && unicode.In(r, unicode.L, unicode.N, unicode.S, unicode.Co) && showsSomething(r):
			t.Errorf("got %U dropped, want it rejected", r)
		}
	}
}

func showsSomething(r rune) bool {
	return r != '\u2212' && r != '\u2800' && !unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
}

// typist writes a number in a way that depends on the bytes of a fuzz run.
type typist struct{ choices []byte }

func (p *typist) one(of ...string) string {
	if len(p.choices) == 0 {
		return of[0]
	}
	choice := p.choices[0]
	p.choices = p.choices[1:]
	return of[int(choice)%len(of)]
}

func (p *typist) write(number string) string {
	var typed strings.Builder
	for _, c := range number {
		typed.WriteString(p.one("", " ", "-", "–", "−", "\u00a0", "\u3000", "\u200b", "\u202d", "\u2043", "\u2800", "\ufe0f"))
		typed.WriteString(p.one(forms(c)...))
	}
	return typed.String()
}

// forms returns the ways to write a digit or a capital, the plain one first.
func forms(c rune) []string {
	if c <= '9' {
		return []string{string(c), string(c - '0' + '\uFF10'), string(c - '0' + '\u2080'), string([]rune("⁰¹²³⁴⁵⁶⁷⁸⁹")[c-'0'])}
	}
	written := []string{string(c), string(c - 'A' + 'a'), string(c - 'A' + '\uFF21'), string(c - 'A' + '\uFF41')}
	alike := map[rune]string{'X': "×ХхΧχⅩⅹ", 'E': "ЕеΕ", 'H': "НΗ", 'M': "МΜ", 'T': "ТΤ", 'B': "ВΒ"}
	return append(written, strings.Split(alike[c], "")...)
}

// FuzzFolding_NeverMergesTwoNumbers types two valid numbers in two ways and requires that each is read as itself.
func FuzzFolding_NeverMergesTwoNumbers(f *testing.F) {
	f.Add(uint64(1), uint64(2), []byte(nil))
	f.Add(uint64(19491231002), uint64(99999999999), []byte("\x05\x01\x02\x03\x04\x06\x07\x08\x09"))
	f.Fuzz(func(t *testing.T, first, second uint64, choices []byte) {
		for kind, valid := range validNumbers() {
			a, b := valid.of(first), valid.of(second)
			typedA := (&typist{choices}).write(a)
			typedB := (&typist{choices[len(choices)/2:]}).write(b)
			gotA, errA := valid.parse(typedA)
			gotB, errB := valid.parse(typedB)
			if errA != nil || errB != nil || gotA != a || gotB != b {
				t.Errorf("%s: got %q and %q, %v and %v, from %+q and %+q, want %s and %s", kind, gotA, gotB, errA, errB, typedA, typedB, a, b)
			}
		}
	})
}

// validNumber is a kind of number: a function that makes a valid one from any integer, and the parser.
type validNumber struct {
	of    func(n uint64) string
	parse func(raw string) (string, error)
}

func validNumbers() map[string]validNumber {
	document := func(t identity.DocumentType) func(string) (string, error) {
		return func(raw string) (string, error) { n, err := identity.ParseNumber(t, raw); return n.Reveal(), err }
	}
	padded := func(format string, below uint64) func(uint64) string {
		return func(n uint64) string { return fmt.Sprintf(format, n%below) }
	}
	return map[string]validNumber{
		"resident ID": {func(n uint64) string {
			return citizen(fmt.Sprintf("11%04d19%02d%02d%02d%03d", n%1e4, n/1e4%1e2, n/1e6%12+1, n/1e8%28+1, n/1e10%1e3))
		}, document(identity.ResidentID)},
		"passport":      {padded("EH%07d", 1e7), document(identity.Passport)},
		"travel permit": {padded("M%08d", 1e8), document(identity.HKMacauPermit)},
		"booklet":       {padded("%010dB", 1e10), document(identity.TaiwanPermit)},
		"resident card": {padded("MEX%012d", 1e12), document(identity.ForeignPermanentResident)},
		"bank card": {padded("62%017d", 1e17), func(raw string) (string, error) {
			c, err := identity.ParseBankCard(raw)
			return c.Reveal(), err
		}},
		"phone": {padded("13%09d", 1e9), func(raw string) (string, error) {
			p, err := identity.ParsePhone(raw)
			return p.Reveal(), err
		}},
	}
}
