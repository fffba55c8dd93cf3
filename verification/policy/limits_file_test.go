package policy_test

import (
	"strings"
	"testing"
	"time"

	"renzheng/verification/policy"
)

func TestLoadLimits_ReadsWhatEncodeWrites(t *testing.T) {
	t.Parallel()
	want := policy.DefaultLimits()
	want.Card.Window = 90 * time.Minute
	want.Starts.Window = 30 * time.Second
	raw, err := want.Encode()
	if err != nil || !strings.Contains(string(raw), `"face_of_subject":{"tries":15,"window":"24h"}`) {
		t.Fatalf("got %s, %v", raw, err)
	}
	if got, err := policy.LoadLimits(raw); err != nil || got != want {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
}

func TestLoadLimits_ReportsEverything(t *testing.T) {
	t.Parallel()
	raw, err := policy.DefaultLimits().Encode()
	if err != nil {
		t.Fatal(err)
	}
	text := strings.NewReplacer(`"face":{"tries":5`, `"faces":{"tries":5`, `"card":{"tries":3,"window":"24h"`, `"card":{"tries":3,"window":"1 day"`,
		`"starts":{"tries":120`, `"starts":{"tries":0`, `"bank_card_starts":{"tries":12`, `"bank_card_starts":{"tries":3`).Replace(string(raw))
	_, err = policy.LoadLimits([]byte(text))
	if err == nil {
		t.Fatal("got limits")
	}
	for _, want := range []string{"face is missing", `"faces" is unknown`, "card: the window must be a duration", "Starts: must be at least 1 try", "BankCardStarts: must not be below"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q in it", err, want)
		}
	}
	if _, err = policy.LoadLimits([]byte(`{"face":{"tries":5,"window":"24h"},"face":{"tries":6,"window":"24h"}}`)); err == nil {
		t.Error("got limits of an object with a repeated member")
	}
}
