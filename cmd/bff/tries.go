package main

import (
	"context"
	"fmt"
	"time"

	"renzheng/rulebook"
	"renzheng/verification/policy"
)

// tryWindows returns how long used tries count: by the settings, and by each version of the limits under which a try may still
// run. A version that shortens a window ends none of the tries that were used before.
type tryWindows struct {
	settings policy.Limits
	sources  *policy.SourceRules
	versions versionReader
	clock    func() time.Time
}

// versionReader reads versions of rules.
type versionReader interface {
	VersionsOf(ctx context.Context, kind rulebook.Kind, limit int) ([]rulebook.Version, error)
	Version(ctx context.Context, id string) (rulebook.Version, error)
}

// longest returns how long a used try counts at most.
func (w tryWindows) longest(ctx context.Context) (time.Duration, error) {
	now, longest := w.clock(), policy.Longest(w.settings, w.sources)
	all, err := w.versions.VersionsOf(ctx, rulebook.Limits, rulebook.MaxVersions)
	if err != nil {
		return 0, fmt.Errorf("reading the versions of the limits: %w", err)
	}
	for _, v := range all {
		end, ok := rulebook.EffectiveUntil(all, v, now)
		if !ok || !end.Add(policy.MaxWindow).After(now) {
			continue
		}
		if v, err = w.versions.Version(ctx, v.ID); err != nil {
			return 0, fmt.Errorf("reading a version of the limits: %w", err)
		}
		window := policy.MaxWindow // of a version that this release cannot read
		if limits, unreadable := policy.LoadLimits(v.Content); unreadable == nil {
			window = policy.Longest(limits, w.sources)
		}
		if end.Add(window).After(now) {
			longest = max(longest, window)
		}
	}
	return longest, nil
}
