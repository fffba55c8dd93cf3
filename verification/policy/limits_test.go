package policy_test

import (
	"strings"
	"testing"
	"time"

	"renzheng/verification/policy"
)

func TestLimits_Validate(t *testing.T) {
	t.Parallel()
	if err := policy.DefaultLimits().Validate(); err != nil {
		t.Errorf("the defaults do not validate: %v", err)
	}
	for _, tt := range []struct {
		name   string
		change func(*policy.Limits)
		want   string
	}{
		{"no try at all", func(l *policy.Limits) { l.Face.Tries = 0 }, "Face:"},
		{"a window of nothing", func(l *policy.Limits) { l.Card.Window = 0 }, "Card:"},
		{"a window of a year", func(l *policy.Limits) { l.Subjects.Window = 365 * 24 * time.Hour }, "Subjects:"},
		{"fewer starts than tries", func(l *policy.Limits) { l.FaceStarts.Tries = 1 }, "FaceStarts: must not be below the limit Face"},
		{"a hidden limit below the own", func(l *policy.Limits) { l.BankCardOfSubject.Tries = 1 }, "BankCardOfSubject:"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			limits := policy.DefaultLimits()
			tt.change(&limits)
			if err := limits.Validate(); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want a problem of %s", err, tt.want)
			}
		})
	}
}

func TestLimits_Validate_TakesTheEdges(t *testing.T) {
	t.Parallel()
	const longest = 31 * 24 * time.Hour
	for name, tt := range map[string]struct {
		change func(*policy.Limits)
		valid  bool
	}{
		"one try":                         {func(l *policy.Limits) { l.Card.Tries = 1 }, true},
		"no try":                          {func(l *policy.Limits) { l.Card.Tries = 0 }, false},
		"a window of a month":             {func(l *policy.Limits) { l.Card.Window = longest }, true},
		"a longer window":                 {func(l *policy.Limits) { l.Card.Window = longest + 1 }, false},
		"no window":                       {func(l *policy.Limits) { l.Card.Window = 0 }, false},
		"as many starts as tries":         {func(l *policy.Limits) { l.FaceStarts.Tries = l.Face.Tries }, true},
		"a start less than tries":         {func(l *policy.Limits) { l.FaceStarts.Tries = l.Face.Tries - 1 }, false},
		"a try less of all of a document": {func(l *policy.Limits) { l.DocumentOfSubject.Tries = l.Document.Tries - 1 }, false},
	} {
		limits := policy.DefaultLimits()
		tt.change(&limits)
		if err := limits.Validate(); (err == nil) != tt.valid {
			t.Errorf("%s: got %v, want valid %t", name, err, tt.valid)
		}
	}
}
