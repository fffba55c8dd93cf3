package identity_test

import (
	"testing"

	"renzheng/identity"
)

func TestCheckCreditCode(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ code, rule string }{
		"a company's":                   {"91110000802100433B", ""},
		"made of letters too":           {"91350100M000100Y43", ""},
		"nothing":                       {"", identity.RuleCreditCodeFormat},
		"17 characters":                 {"91110000802100433", identity.RuleCreditCodeFormat},
		"19 characters":                 {"91110000802100433B0", identity.RuleCreditCodeFormat},
		"a letter that no code has":     {"9111000080210043IB", identity.RuleCreditCodeFormat},
		"a letter in the place":         {"91A10000802100433B", identity.RuleCreditCodeFormat},
		"lower case":                    {"91110000802100433b", identity.RuleCreditCodeFormat},
		"another check character":       {"91110000802100433C", identity.RuleCreditCodeChecksum},
		"two digits in the wrong order": {"91110000802104033B", identity.RuleCreditCodeChecksum},
		"one digit mistyped":            {"91120000802100433B", identity.RuleCreditCodeChecksum},
	}
	for name, c := range cases {
		err := identity.CheckCreditCode(c.code)
		if c.rule != "" {
			wantRule(t, err, identity.FieldCreditCode, c.rule)
			continue
		}
		if err != nil {
			t.Errorf("%s: got %v, want none", name, err)
		}
	}
}
