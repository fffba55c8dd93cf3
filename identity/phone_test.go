package identity_test

import (
	"strings"
	"testing"

	"renzheng/identity"
)

func TestParsePhone_Accepts(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{
		"18512340901", " 185 1234 0901 ", "+86 18512340901", "0086-185-1234-0901", "86-18512340901",
		"１８５１２３４０９０１", "\u202d+86 185 1234 0901\u202c",
		"(+86) 185-1234-0901", "（８６）185–1234–0901", "＋86‑(185)\u00a01234\u200b0901", "¹⁸⁵12340901", "00 86 [185] 12340901",
	} {
		got, err := identity.ParsePhone(raw)
		if err != nil || got.Reveal() != "18512340901" {
			t.Errorf("got %s, %v for %q", got.Reveal(), err, raw)
		}
		if got.Masked() != "185****0901" || got.Last4() != "0901" {
			t.Errorf("got mask %s and last digits %s", got.Masked(), got.Last4())
		}
	}
}

func TestParsePhone_Refuses(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{
		"", "123", "1851234090", "185123409012", "1851234090a", "1851234090O", "1851234090\xff", "+8618512340901+86",
	} {
		_, err := identity.ParsePhone(raw)
		wantRule(t, err, identity.FieldPhone, identity.RulePhoneFormat)
	}
	for _, raw := range []string{
		"12512340901", "28512340901", "+1 18512340901", "+852 51234567", "010-12345678", "(010)12345678", "+1 (381) 234-5678",
	} {
		_, err := identity.ParsePhone(raw)
		wantRule(t, err, identity.FieldPhone, identity.RulePhoneForeign)
	}
	if got := (identity.Phone{}).Last4(); got != "" {
		t.Errorf("got %q from the zero value, want nothing", got)
	}
}

func FuzzParsePhone(f *testing.F) {
	for _, raw := range []string{"18512340901", "+86 185-1234-0901", "１８５１２３４０９０１", "0086 86", "\xff\u202d"} {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		got, err := identity.ParsePhone(raw)
		if err != nil {
			return
		}
		plain := got.Reveal()
		if strings.Trim(plain, "0123456789") != "" || len(plain) != 11 {
			t.Errorf("got %q, want 11 digits", plain)
		}
		if again, err := identity.ParsePhone(plain); err != nil || again != got {
			t.Errorf("got %v from the normalized %q, want the same again", err, plain)
		}
		if want := plain[:3] + "****" + got.Last4(); got.Masked() != want {
			t.Errorf("got mask %q, want %q", got.Masked(), want)
		}
	})
}
