package main

import (
	"context"
	"errors"
	"fmt"

	"renzheng/rulebook"
	"renzheng/verification/policy"
	"renzheng/verification/replay"
)

// simulatedRules returns the policy and limits that a version changes, and those with the version.
func (a *app) simulatedRules(ctx context.Context, versionID string) (before, after replay.Rules, err error) {
	v, err := a.rules.Version(ctx, versionID)
	if err != nil {
		return before, after, err
	}
	base, err := a.rules.Base(ctx, v)
	if err != nil {
		return before, after, err
	}
	before = replay.Rules{Policy: a.verifications.Policy(), Limits: a.verifications.Limits()}
	after = before
	if before, err = withRules(before, base); err == nil {
		after, err = withRules(after, v)
	}
	return before, after, err
}

func withRules(r replay.Rules, v rulebook.Version) (replay.Rules, error) {
	var err error
	switch v.Kind {
	case rulebook.Limits:
		r.Limits, err = policy.LoadLimits(v.Content)
	case rulebook.Policy:
		r.Policy, err = policy.Load(v.Content)
	case rulebook.FAQ, rulebook.Notices, rulebook.Sources:
		err = fmt.Errorf("a version of %s is not replayed", v.Kind)
	}
	if err != nil {
		err = errors.Join(replay.ErrContent, err)
	}
	return r, err
}
