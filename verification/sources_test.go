package verification_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/verification"
	"renzheng/verification/failure"
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

// "Locked until tomorrow" is obeyed by all replicas, for that card alone, until
// it is tomorrow in Beijing.
func TestService_Sources_ALockIsObeyed(t *testing.T) {
	t.Parallel()
	wd := newWard(t, func(d *verification.Deps) {
		d.Sources = loadSources(t, `{"check":"bank_card","provider":"*","per":"card","window":"day","locked_by":["card_locked"]}`)
	})
	for _, s := range wd.sources {
		s.ends(verification.Decision{Outcome: verification.OutcomeFailed, Failure: failure.CardLocked}, nil)
	}
	a := wd.agreed(t)
	id := wd.faced(t, a)
	view, attempt, err := wd.CheckBankCard(t.Context(), a, id, cardOf(t, "6222021234567890128"))
	if err != nil || attempt.Failure != failure.CardLocked || view.Tries.Left != wd.deps.Limits.BankCard.Tries {
		t.Fatalf("got %s with %d tries left, %v", attempt.Failure, view.Tries.Left, err)
	}
	replica := verification.New(wd.deps)
	_, _, err = replica.CheckBankCard(t.Context(), a, id, cardOf(t, "6222021234567890128"))
	none, ok := errors.AsType[*verification.ExhaustedError](err)
	if !ok || none.Failure() != failure.CardLocked || len(wd.order) != 1 {
		t.Fatalf("got %v after %d queries, want no second one", err, len(wd.order))
	}
	day := identity.DateAt(wd.clock())
	if want := time.Date(day.Year, day.Month, day.Day+1, 0, 0, 0, 0, identity.Beijing()); !none.NextAt.Equal(want) {
		t.Errorf("got %s, want midnight in Beijing, %s", none.NextAt, want)
	}
	if _, _, err = wd.CheckBankCard(t.Context(), a, id, cardOf(t, "6222021234567890136")); err != nil {
		t.Errorf("another card: got %v", err)
	}
	wd.pass(24 * time.Hour)
	later := wd.loginAs(t, a.User)
	wd.agree(t, later, policy.Confirm)
	if _, _, err = wd.CheckBankCard(t.Context(), later, wd.faced(t, later), cardOf(t, "6222021234567890128")); err != nil {
		t.Errorf("tomorrow: got %v", err)
	}
}

// A source that has been asked often enough is left alone; the next one has
// rules of its own.
func TestService_Sources_EachHasItsOwn(t *testing.T) {
	t.Parallel()
	wd := newWard(t, func(d *verification.Deps) {
		d.Limits.Card.Tries = 100
		d.Sources = loadSources(t, `{"check":"bank_card","provider":"one","per":"card","counts":"queries","tries":1,"window":"24h"},
			{"check":"bank_card","provider":"two","per":"person","counts":"failures","tries":1,"window":"day"},
			{"check":"bank_card","provider":"three","per":"card","counts":"queries","tries":1,"window":"24h"}`)
	})
	a := wd.agreed(t)
	id := wd.faced(t, a)
	differs := verification.Decision{Outcome: verification.OutcomeFailed, Failure: failure.CardDiffers}
	for _, s := range wd.sources {
		s.ends(differs, nil)
	}
	for range wd.sources {
		if _, _, err := wd.CheckBankCard(t.Context(), a, id, cardOf(t, "6222021234567890128")); err != nil {
			t.Fatal(err)
		}
	}
	if len(wd.order) != 3 || wd.order[0] == wd.order[1] || wd.order[1] == wd.order[2] || wd.order[0] == wd.order[2] {
		t.Fatalf("asked %v, want each once", wd.order)
	}
	_, _, err := wd.CheckBankCard(t.Context(), a, id, cardOf(t, "6222021234567890128"))
	if _, ok := errors.AsType[*verification.ExhaustedError](err); !ok || len(wd.order) != 3 {
		t.Errorf("got %v after %d queries, want no fourth", err, len(wd.order))
	}
}

// A query that surely was not made uses nothing up, at any source.
func TestService_Sources_WhatWasNotSentIsGivenBack(t *testing.T) {
	t.Parallel()
	wd := newWard(t, func(d *verification.Deps) {
		d.Sources = loadSources(t, `{"check":"bank_card","provider":"one","per":"card","counts":"queries","tries":1,"window":"24h"},
			{"check":"bank_card","provider":"two","per":"card","counts":"queries","tries":1,"window":"24h"},
			{"check":"bank_card","provider":"three","per":"card","counts":"queries","tries":1,"window":"24h"}`)
	})
	a := wd.agreed(t)
	id := wd.faced(t, a)
	for round := range 3 {
		for _, s := range wd.sources {
			s.ends(verification.Decision{}, verification.ErrNothingDone)
		}
		wd.order = nil
		if _, _, err := wd.CheckBankCard(t.Context(), a, id, cardOf(t, "6222021234567890128")); err != nil || len(wd.order) != 3 {
			t.Fatalf("round %d: asked %v, %v", round, wd.order, err)
		}
	}
}
