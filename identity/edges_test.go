package identity_test

import (
	"strings"
	"testing"

	"renzheng/identity"
)

// padded returns text with spaces at its end, n bytes long.
func padded(text string, n int) string { return text + strings.Repeat(" ", n-len(text)) }

func TestParse_BoundsTheRawText(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		most  int
		parse func(raw string) error
		text  string
	}{
		"a number": {256, func(raw string) error {
			_, err := identity.ParseNumber(identity.ResidentID, raw)
			return err
		}, "11010519491231002X"},
		"a phone": {256, func(raw string) error { _, err := identity.ParsePhone(raw); return err }, "18512340901"},
		"a card":  {256, func(raw string) error { _, err := identity.ParseBankCard(raw); return err }, "6222020200112233445"},
		"a name":  {1024, func(raw string) error { _, err := identity.ParseName(raw); return err }, "张三"},
	} {
		if err := tt.parse(padded(tt.text, tt.most)); err != nil {
			t.Errorf("%s of %d bytes: got %v", name, tt.most, err)
		}
		if err := tt.parse(padded(tt.text, tt.most+1)); err == nil {
			t.Errorf("%s of %d bytes was taken", name, tt.most+1)
		}
	}
}

func TestParseName_BoundsTheCharacters(t *testing.T) {
	t.Parallel()
	fifty := strings.Repeat("张", 50)
	hundred := strings.Repeat("张 ", 49) + " 张" // spaces between are dropped
	for _, raw := range []string{fifty, hundred} {
		if got := name(t, raw); got.Reveal() != fifty {
			t.Errorf("got %q", got.Reveal())
		}
	}
	for _, raw := range []string{fifty + "张", strings.Repeat("张 ", 49) + "  张"} {
		_, err := identity.ParseName(raw)
		wantRule(t, err, identity.FieldName, identity.RuleNameLength)
	}
}

func TestParseName_TakesEveryIdeographOfUnicode17(t *testing.T) {
	t.Parallel()
	for _, r := range []rune{0x2B73A, 0x2B73F, 0x2CEA2, 0x2CEAD, 0x2EBF0, 0x2EE5D, 0x323B0, 0x33479} {
		if got := name(t, "王"+string(r)); got.Reveal() != "王"+string(r) {
			t.Errorf("got %+q for %U", got.Reveal(), r)
		}
	}
	for _, r := range []rune{0x2A6E0, 0x2CEAE, 0x2EE5E, 0x3347A, 0x3FFFD} {
		_, err := identity.ParseName("王" + string(r))
		wantRule(t, err, identity.FieldName, identity.RuleNameAlphabet)
	}
}

func TestParseNumber_TakesTheLastLetter(t *testing.T) {
	t.Parallel()
	got, err := identity.ParseNumber(identity.ForeignPermanentResident, "azz110012345678")
	if err != nil || got.Reveal() != "AZZ110012345678" {
		t.Errorf("got %q, %v", got.Reveal(), err)
	}
}

func TestPlainText_TakesTheEdgesOfWhatIsAllowed(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"a" + strings.Repeat("\u0301", 4), "葛\ufe00", "葛\ufe0f", "葛\U000e01ef", // marks
		"༁", "℀", "Ⓐ", "■", "☐", "☒", "✓", "✘", "⺀", "〿", "㈀", "㏿", // first and last symbols of their blocks
		"&;", "ab;c", "R&D", // no references
	} {
		if err := identity.PlainText(text, 20); err != nil {
			t.Errorf("got %v for %+q", err, text)
		}
	}
}

func TestPlainText_RefusesTheEdgesOfWhatIsNot(t *testing.T) {
	t.Parallel()
	for rule, texts := range map[string][]string{
		identity.RuleTextMarkup:    {"&0;", "&9;", "&A;", "&Z;", "&a;", "&z;"},
		identity.RuleTextBidi:      {"a\u206fb"},
		identity.RuleTextControl:   {"a\ufdefb"},
		identity.RuleTextCharacter: {"a☏", "a☓", "a✒", "a✙", "葛\U000e01f0"},
	} {
		for _, text := range texts {
			wantRule(t, identity.PlainText(text, 20), identity.FieldText, rule)
		}
	}
}
