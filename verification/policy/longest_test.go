package policy_test

import (
	"testing"
	"time"

	"renzheng/verification/policy"
)

func TestLongest_IsTheLongestWindowOfLimitsAndSources(t *testing.T) {
	t.Parallel()
	sources, err := policy.LoadSources([]byte(`{"version":"1","rules":[{"check":"bank_card","provider":"tencentcloud","per":"person","counts":"queries","tries":3,"window":"72h"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	limits := policy.DefaultLimits()
	if got := policy.Longest(limits, nil); got != 24*time.Hour {
		t.Errorf("got %s, want a day", got)
	}
	if got := policy.Longest(limits, sources); got != 72*time.Hour {
		t.Errorf("got %s, want that of the source", got)
	}
	limits.Starts.Window = 96 * time.Hour
	if got := policy.Longest(limits, sources); got != 96*time.Hour {
		t.Errorf("got %s, want that of the limit", got)
	}
}
