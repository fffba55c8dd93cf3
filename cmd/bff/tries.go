package main

import (
	"context"
	"fmt"
	"time"

	"renzheng/rulebook"
	"renzheng/verification/policy"
)

// tryWindows returns how long used tries count: by the settings, and by each version of the limits, or of those of data sources, under which a try may still
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
	longest := policy.Longest(w.settings, w.sources)
	for kind, windowOf := range map[rulebook.Kind]func([]byte) (time.Duration, error){
		rulebook.Limits: func(content []byte) (time.Duration, error) {
			limits, err := policy.LoadLimits(content)
			return policy.Longest(limits, nil), err
		},
		rulebook.Sources: func(content []byte) (time.Duration, error) {
			sources, err := policy.LoadSources(content)
			return policy.Longest(policy.Limits{}, sources), err
		},
	} {
		window, err := w.longestOf(ctx, kind, windowOf)
		if err != nil {
			return 0, err
		}
		longest = max(longest, window)
	}
	return longest, nil
}

// longestOf returns the longest window of the versions of a kind under which a try may still run; 0 = of none.
func (w tryWindows) longestOf(ctx context.Context, kind rulebook.Kind, windowOf func(content []byte) (time.Duration, error)) (time.Duration, error) {
	now, longest := w.clock(), time.Duration(0)
	all, err := w.versions.VersionsOf(ctx, kind, rulebook.MaxVersions)
	if err != nil {
		return 0, fmt.Errorf("reading the versions of %s: %w", kind, err)
	}
	for _, v := range all {
		end, ok := rulebook.EffectiveUntil(all, v, now)
		if !ok || !end.Add(policy.MaxWindow).After(now) {
			continue
		}
		if v, err = w.versions.Version(ctx, v.ID); err != nil {
			return 0, fmt.Errorf("reading a version of %s: %w", kind, err)
		}
		window, unreadable := windowOf(v.Content)
		if unreadable != nil { // by this release
			window = policy.MaxWindow
		}
		if end.Add(window).After(now) {
			longest = max(longest, window)
		}
	}
	return longest, nil
}
