package main

import (
	"bytes"
	"errors"
	"testing"

	"renzheng/rulebook"
	"renzheng/sql/storetest"
	"renzheng/staff"
	"renzheng/verification"
	"renzheng/verification/policy"
	"renzheng/verification/replay"
)

// simulating is a server's rules without the rest of it.
func simulating(t *testing.T) *app {
	t.Helper()
	checks, err := policy.Default()
	if err != nil {
		t.Fatal(err)
	}
	limits, err := policy.DefaultLimits().Encode()
	if err != nil {
		t.Fatal(err)
	}
	a := &app{verifications: verification.New(verification.Deps{Policy: checks, Limits: policy.DefaultLimits()})}
	anything := func([]byte) (func(), error) { return func() {}, nil }
	a.rules, err = rulebook.New(rulebook.Deps{Store: storetest.Open(t), Clock: storetest.Now, Kinds: []rulebook.Definition{
		{Kind: rulebook.FAQ, File: []byte(`{}`), Load: anything},
		{Kind: rulebook.Limits, File: limits, Load: loader(policy.LoadLimits, a.verifications.UseLimits)},
		{Kind: rulebook.Policy, File: policy.BuiltIn(), Load: loader(policy.Load, a.verifications.UsePolicy)},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// proposes proposes a content on a base and returns its id.
func (a *app) proposes(t *testing.T, id string, p rulebook.Proposal) string {
	t.Helper()
	p.ID, p.Note = "rul_"+id, "改"
	v, err := a.rules.Propose(t.Context(), staff.Member{ID: "stf_1"}, p)
	if err != nil {
		t.Fatal(err)
	}
	return v.ID
}

func limitsWith(t *testing.T, faces int) []byte {
	t.Helper()
	limits := policy.DefaultLimits()
	limits.Face.Tries = faces
	content, err := limits.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// A version is compared with what it changes, and everything else is what is in force.
func TestSimulatedRules_AreThoseOfTheVersionAndItsBase(t *testing.T) {
	t.Parallel()
	a := simulating(t)
	first := a.proposes(t, "1", rulebook.Proposal{Kind: rulebook.Limits, Content: limitsWith(t, 4)})
	if _, err := a.rules.Approve(t.Context(), staff.Member{ID: "stf_2"}, first); err != nil {
		t.Fatal(err)
	}
	second := a.proposes(t, "2", rulebook.Proposal{Kind: rulebook.Limits, Base: 1, Content: limitsWith(t, 3)})
	for id, want := range map[string][2]int{first: {policy.DefaultLimits().Face.Tries, 4}, second: {4, 3}} {
		before, after, err := a.simulatedRules(t.Context(), id)
		if err != nil || before.Limits.Face.Tries != want[0] || after.Limits.Face.Tries != want[1] || before.Policy != after.Policy {
			t.Errorf("%s: got %d and %d faces, %v, want %v", id, before.Limits.Face.Tries, after.Limits.Face.Tries, err, want)
		}
	}
	renamed := bytes.Replace(policy.BuiltIn(), []byte(`"version": "`), []byte(`"version": "x`), 1)
	checks := a.proposes(t, "3", rulebook.Proposal{Kind: rulebook.Policy, Content: renamed})
	before, after, err := a.simulatedRules(t.Context(), checks)
	if err != nil || before.Policy.Digest() == after.Policy.Digest() || before.Limits != after.Limits {
		t.Errorf("a policy of another version: got %v, want another policy and the same limits", err)
	}
	questions := a.proposes(t, "4", rulebook.Proposal{Kind: rulebook.FAQ, Content: []byte(`{"a":1}`)})
	if _, _, err = a.simulatedRules(t.Context(), questions); !errors.Is(err, replay.ErrContent) {
		t.Errorf("questions: got %v, want ErrContent", err)
	}
	if _, _, err = a.simulatedRules(t.Context(), "rul_none"); !errors.Is(err, rulebook.ErrNotFound) {
		t.Errorf("no version: got %v, want ErrNotFound", err)
	}
}
