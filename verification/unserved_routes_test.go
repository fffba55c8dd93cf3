package verification_test

import (
	"slices"
	"testing"

	"renzheng/identity"
	"renzheng/verification"
	"renzheng/verification/policy"
)

func TestService_Gaps_AreWhatNobodyIsConfiguredFor(t *testing.T) {
	t.Parallel()
	w := newFixture(t, func(d *verification.Deps) { d.Channels = []string{"alipay", "wechat"} })
	gaps := w.UnservedRoutes()
	for route, want := range map[policy.Route]bool{
		{Purpose: policy.Access, Document: identity.ResidentID, Channel: "alipay"}:     false,
		{Purpose: policy.Confirm, Document: identity.HKMacauPermit, Channel: "alipay"}: false,
		{Purpose: policy.Access, Document: identity.Passport, Channel: "alipay"}:       true,  // no gateway of an authority
		{Purpose: policy.Access, Document: identity.ResidentID, Channel: "wechat"}:     true,  // its face is not configured
		{Purpose: policy.Access, Document: identity.ResidentID, Channel: "web"}:        false, // is off
	} {
		if got := slices.Contains(gaps, route); got != want {
			t.Errorf("%v: got a gap %v, want %v", route, got, want)
		}
	}
}
