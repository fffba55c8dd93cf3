package policy_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"renzheng/verification/policy"
)

func loadSources(t *testing.T, rules string) *policy.SourceRules {
	t.Helper()
	loaded, err := policy.LoadSources([]byte(`{"version":"1","rules":[` + rules + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

func TestDefaultSources(t *testing.T) {
	t.Parallel()
	if _, err := policy.DefaultSources(); err != nil {
		t.Error(err)
	}
}

func TestLoadSources_Refuses(t *testing.T) {
	t.Parallel()
	const rule = `{"check":"bank_card","provider":"one","per":"card","counts":"queries","tries":3,"window":"day","locked_by":["card_locked"]}`
	loadSources(t, rule)
	loadSources(t, strings.Replace(rule, `"one"`, `"`+strings.Repeat("o", 48)+`"`, 1))
	loadSources(t, strings.Replace(rule, `"day","locked_by":["card_locked"]`, `"744h"`, 1))
	for name, change := range map[string][2]string{
		"an unknown member":          {`"tries":3`, `"tries":3,"until":"noon"`},
		"a face":                     {`"bank_card"`, `"face"`},
		"an unknown check":           {`"bank_card"`, `"aura"`},
		"nobody":                     {`"one"`, `""`},
		"a card where there is none": {`"bank_card"`, `"document"`},
		"something else to count":    {`"queries"`, `"smiles"`},
		"tries that count nothing":   {`"counts":"queries",`, ``},
		"less than nothing":          {`"tries":3`, `"tries":-3`},
		"no tries to count":          {`"tries":3`, `"tries":0`},
		"a provider of 49 letters":   {`"one"`, `"` + strings.Repeat("o", 49) + `"`},
		"a window of nothing":        {`"day","locked_by":["card_locked"]`, `"0s"`},
		"a window beyond a month":    {`"day","locked_by":["card_locked"]`, `"744h0m0.001s"`},
		"no window":                  {`"day"`, `"soon"`},
		"a lock of an hour":          {`"day"`, `"1h"`},
		"an endless window":          {`"day","locked_by":["card_locked"]`, `"10000h"`},
		"an unknown failure":         {`"card_locked"`, `"card_eaten"`},
		"no limit at all":            {`"counts":"queries","tries":3,"window":"day","locked_by":["card_locked"]`, `"window":"day"`},
	} {
		if !strings.Contains(rule, change[0]) {
			t.Fatalf("%s: the sample lacks %s", name, change[0])
		}
		spoilt := strings.Replace(rule, change[0], change[1], 1)
		if _, err := policy.LoadSources([]byte(`{"version":"1","rules":[` + spoilt + `]}`)); err == nil {
			t.Errorf("%s was not refused", name)
		}
	}
	for name, file := range map[string]string{
		"no version": `{"rules":[]}`, "a rule twice": `{"version":"1","rules":[` + rule + `,` + rule + `]}`,
	} {
		if _, err := policy.LoadSources([]byte(file)); err == nil {
			t.Errorf("%s was not refused", name)
		}
	}
}

func TestSourceRules_Quotas(t *testing.T) {
	t.Parallel()
	rules := loadSources(t, `
		{"check":"bank_card","provider":"one","per":"card","counts":"queries","tries":3,"window":"24h"},
		{"check":"bank_card","provider":"one","per":"person","window":"day","locked_by":["card_locked"]},
		{"check":"document","provider":"one","per":"person","counts":"failures","tries":2,"window":"day"}`)
	evening := time.Date(2026, 11, 21, 15, 0, 0, 0, time.UTC) // an hour before midnight in Beijing
	got := rules.Quotas("one", policy.BankCard, "sub_1", evening)
	if len(got) != 2 {
		t.Fatalf("got %d quotas, want the two of the check", len(got))
	}
	queries, lock := got[0], got[1]
	if queries.Limit != 3 || queries.Window != 24*time.Hour || !queries.Sent || !queries.ByCard || queries.Source != "one" {
		t.Errorf("got %+v, want 3 queries of a card in 24 hours", queries)
	}
	if lock.Limit != math.MaxInt32 || lock.Window != time.Hour || lock.ByCard || !strings.HasSuffix(lock.Scope, "|sub_1|2026-11-21") {
		t.Errorf("got %+v, want a lock of the person until midnight", lock)
	}
	if failures := rules.Quotas("one", policy.DocumentCheck, "sub_1", evening); len(failures) != 1 || failures[0].Sent {
		t.Errorf("got %+v, want one that counts failures only", failures)
	}
	var none *policy.SourceRules
	if got := none.Quotas("one", policy.BankCard, "sub_1", evening); got != nil {
		t.Errorf("got %v without rules, want nothing", got)
	}
}
