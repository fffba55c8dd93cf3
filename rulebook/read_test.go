package rulebook_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"renzheng/rulebook"
)

// shelf is a store of approved versions that nobody changes.
type shelf struct {
	rulebook.Store

	all []rulebook.Version
}

func (s *shelf) ApprovedVersions(context.Context) ([]rulebook.Version, error) { return s.all, nil }

func (s *shelf) Version(_ context.Context, id string) (rulebook.Version, error) {
	for _, v := range s.all {
		if v.ID == id {
			return v, nil
		}
	}
	return rulebook.Version{}, rulebook.ErrNotFound
}

func (s *shelf) VersionsOf(_ context.Context, _ rulebook.Kind, _ int) ([]rulebook.Version, error) {
	return s.all, nil
}

func approvedAt(kind rulebook.Kind, number int64, from time.Time, content string) rulebook.Version {
	return rulebook.Version{
		ID: string(kind) + content, Kind: kind, Number: number, Base: number - 1, State: rulebook.Approved, EffectiveFrom: from, Content: []byte(content),
	}
}

// serving returns a service of two kinds and what it has put in force, in order. A content with "bad" cannot be loaded.
func serving(t *testing.T, s *shelf) (*rulebook.Service, *[]string) {
	t.Helper()
	var used []string
	load := func(content []byte) (func(), error) {
		if strings.Contains(string(content), "bad") {
			return nil, errors.New("bad content")
		}
		return func() { used = append(used, string(content)) }, nil
	}
	rules, err := rulebook.New(rulebook.Deps{Store: s, Clock: now, Kinds: []rulebook.Definition{
		{Kind: rulebook.FAQ, File: []byte(`{"faq":0}`), Load: load},
		{Kind: rulebook.Policy, File: []byte(`{"policy":0}`), Load: load, Former: true},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return rules, &used
}

func now() time.Time { return time.Date(2026, 11, 29, 10, 0, 0, 0, time.UTC) }

func wantUsed(t *testing.T, used *[]string, want ...string) {
	t.Helper()
	if got := strings.Join(*used, " "); got != strings.Join(want, " ") {
		t.Errorf("put in force: %s, want %s", got, strings.Join(want, " "))
	}
}

func TestRefresh_GoesOnWithTheOtherKinds(t *testing.T) {
	t.Parallel()
	for name, faq := range map[string]rulebook.Version{
		"cannot be loaded": approvedAt(rulebook.FAQ, 1, now(), `{"faq":"bad"}`),
		"was altered":      {ID: "faq1", Kind: rulebook.FAQ, Number: 1, State: rulebook.Approved, EffectiveFrom: now(), Content: []byte(`{"faq":1}`), Altered: true},
	} {
		rules, used := serving(t, &shelf{all: []rulebook.Version{faq, approvedAt(rulebook.Policy, 1, now(), `{"policy":1}`)}})
		for round := range 2 {
			changed, err := rules.Refresh(t.Context())
			if !rulebook.IsOnly(err, rulebook.FAQ) || rulebook.IsOnly(err, rulebook.Policy) || changed != 1-round {
				t.Errorf("%s, round %d: got %d changes, %v; want the policy alone, and the questions reported", name, round, changed, err)
			}
		}
		wantUsed(t, used, `{"policy":0}`, `{"policy":1}`)
	}
}

func TestRefresh_PutsTheFormerInForceFirst(t *testing.T) {
	t.Parallel()
	rules, used := serving(t, &shelf{all: []rulebook.Version{
		approvedAt(rulebook.Policy, 1, now().Add(-time.Hour), `{"policy":1}`), approvedAt(rulebook.Policy, 2, now(), `{"policy":2}`),
		approvedAt(rulebook.Policy, 3, now().Add(time.Second), `{"policy":3}`),
	}})
	if changed, err := rules.Refresh(t.Context()); changed != 1 || err != nil {
		t.Errorf("got %d changes, %v", changed, err)
	}
	wantUsed(t, used, `{"policy":1}`, `{"policy":2}`)
}

func TestInForce_PrefersTheHigherNumberAtOneTime(t *testing.T) {
	t.Parallel()
	all := []rulebook.Version{approvedAt(rulebook.FAQ, 2, now(), "b"), approvedAt(rulebook.FAQ, 3, now(), "c"), approvedAt(rulebook.FAQ, 1, now(), "a")}
	if v, ok := rulebook.InForce(all, now()); !ok || v.Number != 3 {
		t.Errorf("got version %d, %t", v.Number, ok)
	}
	if v, ok := rulebook.InForce(all, now().Add(-1)); ok {
		t.Errorf("version %d is in force before its time", v.Number)
	}
}

// A text of half a megabyte is compared at once: an operator's page must not keep the server busy.
func TestChanges_OfALongTextAreShownWhole(t *testing.T) {
	t.Parallel()
	rules, _ := serving(t, &shelf{})
	long := strings.Repeat("a", 500_000)
	changes, err := rules.Changes(rulebook.Version{Kind: rulebook.FAQ, Content: []byte(`{"x":"` + long + `"}`)}, rulebook.Version{Kind: rulebook.FAQ, Content: []byte(`{"x":"` + long + `b"}`)})
	if err != nil || len(changes) != 1 {
		t.Fatalf("got %d changes, %v", len(changes), err)
	}
}
