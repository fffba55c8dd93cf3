package verification_test

import (
	"slices"
	"testing"

	"renzheng/identity"
	"renzheng/verification"
)

// From every state of failure, document, channel, purpose and limit an end is
// near that takes neither face nor bank card nor another try; and whoever
// breaks the catalogue, the policy, the notices or the limits is found out.
func TestGraph_NoDeadEnds(t *testing.T) {
	t.Parallel()
	codes := failureCodes(t)
	whole := newGraph(t)
	found := whole.search()
	for what, list := range map[string][]string{
		"no end is near": found.deadEnds, "an advice leads in a circle": found.loops, "nobody says until when": found.untimed,
		"": whole.broken(codes),
	} {
		for _, state := range list[:min(len(list), 10)] {
			t.Errorf("%s: %s", what, state)
		}
	}
	mutants := slices.Concat(catalogueMutants(), policyMutants(), noticeMutants(), limitMutants())
	caught := 0
	for _, m := range mutants {
		broken := *whole
		broken.entries = verification.Catalogue()
		if m.caught(&broken, codes) {
			caught++
			continue
		}
		t.Errorf("%s was not caught by %s", m.name, m.by)
	}
	if found.states < 1000 || len(mutants) < 500 {
		t.Errorf("got %d states and %d mutants: that is not all", found.states, len(mutants))
	}
	t.Logf("states: %d, dead ends: %d, mutants: %d, caught: %d", found.states, len(found.deadEnds), len(mutants), caught)
}

// A document that nobody checks is no dead end: its holders go to the window.
func TestGraph_UnservedDocuments(t *testing.T) {
	t.Parallel()
	for _, unserved := range identity.DocumentTypes() {
		g := newGraph(t)
		if err := unserve(unserved)(g); err != nil {
			t.Fatal(err)
		}
		if found := g.search(); len(found.deadEnds)+len(found.loops) > 0 {
			t.Errorf("without %s: %d dead ends, %d loops", unserved, len(found.deadEnds), len(found.loops))
		}
	}
}

// newGraph gives the product as it is.
func newGraph(t *testing.T) *graph {
	t.Helper()
	return &graph{
		entries: verification.Catalogue(), policy: defaultPolicy(t), notices: defaultNotices(t),
		limits: verification.DefaultLimits(), judged: map[graphJudgement]verification.Attempt{},
	}
}
