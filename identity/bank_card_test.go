package identity_test

import (
	"strings"
	"testing"

	"renzheng/identity"
)

func TestParseBankCard_Accepts(t *testing.T) {
	t.Parallel()
	cases := []struct{ name, raw, want string }{
		{"a card whose last digit follows from the others", "6222021234567890128", "6222021234567890128"},
		{"a card whose last digit does not", "6222021234567890127", "6222021234567890127"},
		{"groups of four in full width", "６２２２ 0212-3456　7890 128", "6222021234567890128"},
		{"hyphens, spaces and digits of every kind", "₆₂₂₂–0212—3456−7890\u2009\u200b¹²⁸", "6222021234567890128"},
		{"the shortest card", "4000000000006", "4000000000006"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, err := identity.ParseBankCard(tc.raw)
			if err != nil || got.Reveal() != tc.want {
				t.Fatalf("got %s, %v, want %s", got.Reveal(), err, tc.want)
			}
			if want := tc.want[len(tc.want)-4:]; got.Last4() != want {
				t.Errorf("got last digits %s, want %s", got.Last4(), want)
			}
		})
	}
}

func TestParseBankCard_Refuses(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{
		"", "622202123456", "62220212345678901280", "622202123456789012X", "62220212345678901\xff8", strings.Repeat(" ", 300),
	} {
		_, err := identity.ParseBankCard(raw)
		wantRule(t, err, identity.FieldCard, identity.RuleCardFormat)
	}
}

func FuzzParseBankCard(f *testing.F) {
	for _, raw := range []string{"6222021234567890128", "６２２２ 0212-3456 7890 128", "4000000000006", "\xff\u202d"} {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		got, err := identity.ParseBankCard(raw)
		if err != nil {
			return
		}
		plain := got.Reveal()
		if strings.Trim(plain, "0123456789") != "" || len(plain) < 13 || len(plain) > 19 {
			t.Errorf("got %q, want 13 to 19 digits", plain)
		}
		if again, err := identity.ParseBankCard(plain); err != nil || again != got {
			t.Errorf("got %v from the normalized %q, want the same again", err, plain)
		}
		if want := strings.Repeat("*", len(plain)-4) + got.Last4(); got.Masked() != want {
			t.Errorf("got mask %q, want %q", got.Masked(), want)
		}
	})
}
