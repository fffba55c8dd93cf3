package identity_test

import (
	"testing"

	"renzheng/identity"
)

func TestParsePhone_Accepts(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{
		"18512340901", " 185 1234 0901 ", "+86 18512340901", "0086-185-1234-0901", "86-18512340901",
		"１８５１２３４０９０１", "\u202d+86 185 1234 0901\u202c",
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
		"", "1851234090", "185123409012", "12512340901", "28512340901", "+1 18512340901", "+852 51234567",
		"010-12345678", "1851234090a", "1851234090\xff", "+8618512340901+86",
	} {
		_, err := identity.ParsePhone(raw)
		wantRule(t, err, identity.FieldPhone, identity.RulePhoneFormat)
	}
	if got := (identity.Phone{}).Last4(); got != "" {
		t.Errorf("got %q from the zero value, want nothing", got)
	}
}
