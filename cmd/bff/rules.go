package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/rulebook"
	"renzheng/sql/store"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
	"renzheng/verification/replay"
)

// openRules opens the versions of what operators change in the console. They are loaded as the files of the settings are.
func (a *app) openRules(c *config.Config, db *store.Store) error {
	faq, unreadFAQ := c.Support.ReadFAQ()
	notices, unreadNotices := c.ReadNotices()
	checks, unreadPolicy := c.ReadPolicy()
	sources, unreadSources := c.ReadSources()
	limits, unwritten := c.Limits.Policy().Encode()
	if err := errors.Join(unreadFAQ, unreadNotices, unreadPolicy, unreadSources, unwritten); err != nil {
		return fmt.Errorf("opening the rules: %w", err)
	}
	var err error
	a.rules, err = rulebook.New(rulebook.Deps{Store: db, Clock: c.Clock(), Kinds: []rulebook.Definition{
		{Kind: rulebook.FAQ, File: faq, Load: loader(config.ParseFAQ, a.support.UseFAQ)},
		{Kind: rulebook.Notices, File: notices, Load: loader(c.ParseNotices, a.verifications.UseNotices), Change: notice.CheckChange},
		{Kind: rulebook.Limits, File: limits, Load: loader(policy.LoadLimits, a.verifications.UseLimits)},
		{Kind: rulebook.Sources, File: sources, Load: loader(policy.LoadSources, a.verifications.UseSources)},
		{Kind: rulebook.Policy, File: checks, Load: loader(policy.Load, a.verifications.UsePolicy), Fields: policy.Describe, Former: true},
	}})
	prices, wrong := replay.ParsePrices(c.Console.Prices)
	a.simulations = &replay.Service{Store: db, Simulations: db, Rules: a.simulatedRules, Prices: prices, Clock: c.Clock()}
	return errors.Join(err, wrong)
}

// loader returns the function of a definition from one that parses and one that puts in force.
func loader[T any](parse func([]byte) (T, error), use func(T)) func([]byte) (func(), error) {
	return func(content []byte) (func(), error) {
		parsed, err := parse(content)
		if err != nil {
			return nil, err
		}
		return func() { use(parsed) }, nil
	}
}

// firstRules bounds how long a start waits for the versions in force.
const firstRules = 10 * time.Second

// takeRules puts in force what is approved, before the first request. Without the policy, the limits or the notices that were
// approved a server would undo what two operators have decided, so it does not start. Questions of its file do no harm; the worker
// reports again each round that theirs cannot be used.
func (a *app) takeRules(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, firstRules)
	defer cancel()
	_, err := a.rules.Refresh(ctx)
	if err == nil || rulebook.IsOnly(err, rulebook.FAQ) {
		return nil
	}
	return fmt.Errorf("taking the approved versions of rules, which were approved on another release or changed past the server: %w", err)
}
