package verification_test

import (
	"slices"
	"testing"

	"renzheng/identity"
	"renzheng/verification"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

// From every state of failure, document, channel, purpose and limit an end is
// near that takes neither face nor bank card nor another try; and a person who
// breaks the catalogue, the policy, the notices or the limits is found out.
func TestGraph_NoDeadEnds(t *testing.T) {
	t.Parallel()
	var codes []failure.Code
	for _, entry := range failure.Catalogue() {
		codes = append(codes, entry.Code)
	}
	whole := newGraph(t)
	found, thorough := whole.search(), deepened(t).search()
	found.states += thorough.states
	found.deadEnds = append(found.deadEnds, thorough.deadEnds...)
	found.loops = append(found.loops, thorough.loops...)
	found.untimed = append(found.untimed, thorough.untimed...)
	for what, list := range map[string][]string{
		"no end is near": found.deadEnds, "an advice leads in a circle": found.loops, "nobody says until when": found.untimed,
		"": whole.broken(codes),
	} {
		for _, state := range list[:min(len(list), 10)] {
			t.Errorf("%s: %s", what, state)
		}
	}
	mutants := slices.Concat(catalogueMutants(), policyMutants(), noticeMutants(), limitMutants(), sourceMutants(), switchMutants())
	caught := 0
	for _, m := range mutants {
		broken := *whole
		broken.entries = failure.Catalogue()
		if m.caught(&broken, codes) {
			caught++
			continue
		}
		t.Errorf("%s was not caught by %s", m.name, m.by)
	}
	if found.states < 10_000 || len(mutants) < 500 {
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

// newGraph returns the graph of this release.
func newGraph(t *testing.T) *graph {
	t.Helper()
	return &graph{
		entries: failure.Catalogue(), policy: defaultPolicy(t), notices: defaultNotices(t),
		limits: policy.DefaultLimits(), sources: defaultSources(t), judged: map[graphJudgement]verification.Attempt{},
	}
}

// deepened asks for everything that can be asked, of everybody.
func deepened(t *testing.T) *graph {
	t.Helper()
	g := newGraph(t)
	more := []any{
		document{"check": "four_elements", "providers": []any{
			document{"name": "tencentcloud", "weight": 4}, document{"name": "alibabacloud", "weight": 1},
		}},
		document{"check": "document", "providers": []any{"agency"}},
	}
	err := routed(func(route document) { route["steps"] = append(as[[]any](route["steps"]), more...) })(g)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func defaultSources(t *testing.T) *policy.SourceRules {
	t.Helper()
	sources, err := policy.DefaultSources()
	if err != nil {
		t.Fatal(err)
	}
	return sources
}
