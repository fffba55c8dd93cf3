package identity_test

import (
	"fmt"
	"strconv"
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
			values[first+rune(i)] = strconv.Itoa((value + i) % 10)
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

// Characters that look like another letter than their capital or their decomposition does. Reading them by
// that letter would make another valid number of what the person sees.
func TestParseNumber_RefusesLettersThatLookLikeAnother(t *testing.T) {
	t.Parallel()
	for _, letter := range "νημυσβγεωϒѵѡпиԁᲀſ" {
		got, err := identity.ParseNumber(identity.Passport, "E"+string(letter)+"1234567")
		if err == nil {
			t.Errorf("%c: got %s, want it rejected", letter, got.Reveal())
		}
	}
}

func TestParseNumber_ReadsSmallLettersThatLookTheSame(t *testing.T) {
	t.Parallel()
	for letter, want := range map[string]string{
		"α": "A", "κ": "K", "ρ": "P", "χ": "X",
		"а": "A", "в": "B", "е": "E", "к": "K", "м": "M", "н": "H", "р": "P", "с": "C", "т": "T", "у": "Y", "х": "X", "ѕ": "S", "ј": "J",
	} {
		got, err := identity.ParseNumber(identity.Passport, "E"+letter+"1234567")
		if err != nil || got.Reveal() != "E"+want+"1234567" {
			t.Errorf("%s: got %s, %v, want %s", letter, got.Reveal(), err, want)
		}
	}
}

// typist writes a number in a way that depends on the bytes of a fuzz run.
type typist struct {
	choices  []byte
	doubtful bool // a character was written that may be rejected
}

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
		form := p.one(forms(c)...)
		p.doubtful = p.doubtful || strings.Contains(doubtful, form)
		typed.WriteString(form)
	}
	return typed.String()
}

// doubtful are characters that look like one Latin letter and whose capital or decomposition looks like another.
const doubtful = "νηυμпſ"

// forms returns the characters that look like a digit or a letter, which is given as its capital, the plain one first.
func forms(c rune) []string {
	if c <= '9' {
		return []string{string(c), string(c - '0' + '\uFF10'), string(c - '0' + '\u2080'), string([]rune("⁰¹²³⁴⁵⁶⁷⁸⁹")[c-'0'])}
	}
	written := []string{string(c), string(c - 'A' + 'a'), string(c - 'A' + '\uFF21'), string(c - 'A' + '\uFF41')}
	alike := map[rune]string{
		'A': "ΑАαа", 'B': "ΒВв", 'C': "Сс", 'E': "ΕЕе", 'F': "ſ", 'H': "ΗНн", 'J': "Јј", 'K': "ΚКκк", 'M': "ΜМм", 'N': "Νηп",
		'P': "ΡРρр", 'S': "Ѕѕ", 'T': "ΤТт", 'U': "υμ", 'V': "ν", 'X': "×ΧХχхⅩⅹ", 'Y': "ΥУу", 'Z': "Ζ",
	}
	return append(written, strings.Split(alike[c], "")...)
}

// FuzzFolding_NeverMergesTwoNumbers types two valid numbers in two ways and requires that each is read as itself. A number
// with a doubtful character may be rejected instead.
func FuzzFolding_NeverMergesTwoNumbers(f *testing.F) {
	f.Add(uint64(1), uint64(2), []byte(nil))
	f.Add(uint64(19491231002), uint64(99999999999), []byte("\x05\x01\x02\x03\x04\x06\x07\x08\x09"))
	f.Add(uint64(19), uint64(12), []byte("\x00\x00\x00\x04\x00\x00\x00\x05")) // EV… with ν, EN… with η
	f.Fuzz(func(t *testing.T, first, second uint64, choices []byte) {
		for kind, valid := range validNumbers() {
			for n, choices := range map[uint64][]byte{first: choices, second: choices[len(choices)/2:]} {
				number, hand := valid.of(n), &typist{choices: choices}
				typed := hand.write(number)
				if got, err := valid.parse(typed); got != number && (err == nil || !hand.doubtful) {
					t.Errorf("%s: got %q, %v from %+q, want %s", kind, got, err, typed, number)
				}
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
		"passport": {func(n uint64) string {
			return fmt.Sprintf("E%c%07d", "ABCDEFGHJKLMNPQRSTUVWXYZ"[n%24], n/24%1e7)
		}, document(identity.Passport)},
		"travel permit": {padded("M%08d", 1e8), document(identity.HKMacauPermit)},
		"Taiwan permit": {padded("%08d", 1e8), document(identity.TaiwanPermit)},
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
