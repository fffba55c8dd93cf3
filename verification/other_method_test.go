package verification_test

import (
	"testing"

	"renzheng/identity"
	"renzheng/verification"
)

func TestOtherMethod_IsOneThatIsConfigured(t *testing.T) {
	t.Parallel()
	alone := func(d *verification.Deps) { d.Channels = []string{"alipay"} }
	both := func(d *verification.Deps) { d.Channels = []string{"alipay", "wechat"} }
	withWeChat := func(d *verification.Deps) { d.Faces["wechat"] = d.Faces["alipay"] }
	withAgency := func(d *verification.Deps) { d.Faces["agency"] = d.Faces["alipay"] }
	type changes = []func(*verification.Deps)
	for name, tc := range map[string]struct {
		changes changes
		channel string
		held    identity.DocumentType
		want    bool
	}{
		"one channel, one document":                         {changes{alone}, "alipay", identity.ResidentID, false},
		"one channel, and the residence permit of the same": {changes{alone}, "alipay", identity.TaiwanPermit, true},
		"one channel, and a document that nobody checks":    {changes{alone}, "alipay", identity.Passport, false},
		"another channel that cannot check the face":        {changes{both}, "alipay", identity.ResidentID, false},
		"another channel that can":                          {changes{both, withWeChat}, "alipay", identity.ResidentID, true},
		"back from there":                                   {changes{both, withWeChat}, "wechat", identity.ResidentID, true},
		"another channel that cannot check this document":   {changes{both, withWeChat}, "alipay", identity.Passport, false},
		"the authority's gateway in both":                   {changes{both, withAgency}, "wechat", identity.Passport, true},
		"a channel that is not configured":                  {changes{alone, withWeChat}, "alipay", identity.ResidentID, false},
		"a document that is not known":                      {changes{both, withAgency}, "alipay", "", true},
		"a document that is not known, in one channel":      {changes{alone}, "alipay", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := newFixture(t, tc.changes...).OtherMethod(tc.channel, tc.held); got != tc.want {
				t.Errorf("got %t, want %t", got, tc.want)
			}
		})
	}
}
