package verification_test

import (
	"errors"
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

// "Locked until tomorrow" is obeyed by all replicas, for that card alone, until
// it is tomorrow in Beijing.
func TestService_Sources_ALockIsObeyed(t *testing.T) {
	t.Parallel()
	wd := newSourceFixture(t, func(d *verification.Deps) {
		d.Sources = loadSources(t, `{"check":"bank_card","provider":"*","per":"card","window":"day","locked_by":["card_locked"]}`)
	})
	for _, s := range wd.sources {
		s.respondWith(verification.Decision{Outcome: verification.OutcomeFailed, Failure: failure.CardLocked}, nil)
	}
	a := wd.loginWithConsents(t)
	id := wd.passFace(t, a)
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
	wd.advance(24 * time.Hour)
	later := wd.loginAs(t, wd.userOf(t, a))
	wd.acceptNotices(t, later, policy.Confirm)
	if _, _, err = wd.CheckBankCard(t.Context(), later, wd.passFace(t, later), cardOf(t, "6222021234567890128")); err != nil {
		t.Errorf("tomorrow: got %v", err)
	}
}

// A source that has been asked often enough is left alone; the next one has
// rules of its own.
func TestService_Sources_EachHasItsOwn(t *testing.T) {
	t.Parallel()
	wd := newSourceFixture(t, func(d *verification.Deps) {
		d.Limits.Card.Tries = 100
		d.Sources = loadSources(t, `{"check":"bank_card","provider":"one","per":"card","counts":"queries","tries":1,"window":"24h"},
			{"check":"bank_card","provider":"two","per":"person","counts":"failures","tries":1,"window":"day"},
			{"check":"bank_card","provider":"three","per":"card","counts":"queries","tries":1,"window":"24h"}`)
	})
	a := wd.loginWithConsents(t)
	id := wd.passFace(t, a)
	differs := verification.Decision{Outcome: verification.OutcomeFailed, Failure: failure.CardDiffers}
	for _, s := range wd.sources {
		s.respondWith(differs, nil)
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
	wd := newSourceFixture(t, func(d *verification.Deps) {
		d.Sources = loadSources(t, `{"check":"bank_card","provider":"one","per":"card","counts":"queries","tries":1,"window":"24h"},
			{"check":"bank_card","provider":"two","per":"card","counts":"queries","tries":1,"window":"24h"},
			{"check":"bank_card","provider":"three","per":"card","counts":"queries","tries":1,"window":"24h"}`)
	})
	a := wd.loginWithConsents(t)
	id := wd.passFace(t, a)
	for round := range 3 {
		for _, s := range wd.sources {
			s.respondWith(verification.Decision{}, verification.ErrNothingDone)
		}
		wd.order = nil
		if _, _, err := wd.CheckBankCard(t.Context(), a, id, cardOf(t, "6222021234567890128")); err != nil || len(wd.order) != 3 {
			t.Fatalf("round %d: asked %v, %v", round, wd.order, err)
		}
	}
}
