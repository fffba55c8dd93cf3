package main

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"renzheng/rulebook"
	"renzheng/verification/policy"
)

// versionsOfLimits are versions, newest first, whose contents have one window each.
type versionsOfLimits []rulebook.Version

func (v versionsOfLimits) VersionsOf(_ context.Context, kind rulebook.Kind, _ int) ([]rulebook.Version, error) {
	return slices.DeleteFunc(slices.Clone(v), func(one rulebook.Version) bool { return one.Kind != kind }), nil
}

func (v versionsOfLimits) Version(_ context.Context, id string) (rulebook.Version, error) {
	for _, one := range v {
		if one.ID == id {
			return one, nil
		}
	}
	return rulebook.Version{}, errors.New("no such version")
}

func limitsOf(t *testing.T, window time.Duration) []byte {
	t.Helper()
	limits := policy.DefaultLimits()
	limits.Face.Window = window
	content, err := limits.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// The tries of an erased person stay as long as any limits count them under which they may have been used.
func TestTryWindows_AreThoseInForce(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC)
	version := func(number int64, state rulebook.State, from time.Time, window int) rulebook.Version {
		return rulebook.Version{
			Kind: rulebook.Limits, ID: string(rune('a' + number)), Number: number, State: state, EffectiveFrom: from, WithdrawnAt: now.Add(-2 * day),
			Content: limitsOf(t, time.Duration(window)*day),
		}
	}
	unreadable := version(1, rulebook.Approved, now.Add(-day), 1)
	unreadable.Content = []byte(`{"later":1}`)
	sources := version(1, rulebook.Approved, now.Add(-day), 1)
	sources.Kind, sources.Content = rulebook.Sources, []byte(`{"version":"2","rules":[{"check":"bank_card","provider":"*","per":"card","counts":"queries","tries":3,"window":"240h"}]}`)
	for name, c := range map[string]struct {
		versions versionsOfLimits
		want     time.Duration
	}{
		"the settings alone":                   {nil, day},
		"a longer window in force":             {versionsOfLimits{version(1, rulebook.Approved, now.Add(-day), 10)}, 10 * day},
		"a window that was shortened":          {versionsOfLimits{version(2, rulebook.Approved, now.Add(-day), 2), version(1, rulebook.Approved, now.Add(-20*day), 10)}, 10 * day},
		"one that was shortened long ago":      {versionsOfLimits{version(2, rulebook.Approved, now.Add(-11*day), 2), version(1, rulebook.Approved, now.Add(-20*day), 10)}, 2 * day},
		"one that was rolled back":             {versionsOfLimits{version(1, rulebook.RolledBack, now.Add(-20*day), 10)}, 10 * day},
		"one that was rolled back long before": {versionsOfLimits{version(1, rulebook.RolledBack, now.Add(-20*day), 2)}, day},
		"a window of a data source":            {versionsOfLimits{sources}, 10 * day},
		"a proposal":                           {versionsOfLimits{version(1, rulebook.Proposed, now.Add(-day), 10)}, day},
		"one that takes effect later":          {versionsOfLimits{version(1, rulebook.Approved, now.Add(day), 10)}, day},
		"one that this release cannot read":    {versionsOfLimits{unreadable}, policy.MaxWindow},
	} {
		windows := tryWindows{policy.DefaultLimits(), nil, c.versions, func() time.Time { return now }}
		if got, err := windows.longest(t.Context()); err != nil || got != c.want {
			t.Errorf("%s: got %s, %v, want %s", name, got, err, c.want)
		}
	}
}
