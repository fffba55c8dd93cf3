package policy_test

import (
	"testing"

	"renzheng/verification/policy"
)

// The kind is a label of a metric: one word, and no id of anybody.
func TestQuota_Kind(t *testing.T) {
	t.Parallel()
	for want, q := range map[string]policy.Quota{
		"account":       {Scope: "face|acc_1|sub_2"},
		"subject":       {Scope: "face|all|sub_2", Hidden: true},
		"starts":        {Scope: "starts|face|acc_1", Keep: true},
		"verifications": {Scope: "verifications|acc_1", Keep: true},
		"consents":      {Scope: "consents|acc_1", Keep: true},
		"subjects":      {Scope: "subjects|acc_1|2026-11-21"},
		"card":          {Scope: "card", ByCard: true},
		"source":        {Scope: "tencentcloud|bank_card|sub_2|2026-11-21", Source: "tencentcloud"},
	} {
		if got := q.Kind(); got != want {
			t.Errorf("%+v: got %q, want %q", q, got, want)
		}
	}
}
