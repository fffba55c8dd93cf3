package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/identity"
	"renzheng/sql/store"
	"renzheng/verification"
	"renzheng/verification/policy"
)

// switchSetCommand sets one switch.
type switchSetCommand struct {
	config.Storage `embed:""`

	Check      string    `arg:"" enum:"face,bank_card,four_elements,document" help:"face, bank_card, four_elements or document."`
	Provider   string    `arg:"" help:"Name of the provider in the policy, or * for all."`
	State      string    `arg:"" enum:"on,off,degraded" help:"off sends people to other providers, never past the check; degraded is used only if no other provider is left."`
	TextZhHans string    `help:"What people see, in simplified characters; required with off and degraded."`
	TextZhHant string    `help:"What people see, in traditional characters; required with off and degraded."`
	TextEn     string    `help:"What people see, in English; required with off and degraded."`
	Until      time.Time `help:"When the switch turns on again by itself, such as 2026-12-01T08:00:00+08:00. By default it stays until it is changed." format:"2006-01-02T15:04:05Z07:00"`
	By         string    `help:"Name of the person who decides it, for the record." required:""`
}

// Run sets the switch, unless it is changed by another command at the same time.
func (c *switchSetCommand) Run() error {
	if err := c.flagProblems(); err != nil {
		return err
	}
	wanted := c.wanted(time.Now())
	if err := errors.Join(wanted.Validate(), providerProblem(c.Provider)); err != nil {
		return fmt.Errorf("checking the switch: %w", err)
	}
	return withStore(c.Storage, func(ctx context.Context, db *store.Store) error {
		all, err := db.Switches(ctx)
		if err != nil {
			return err
		}
		for _, one := range all {
			if one.Check == wanted.Check && one.Provider == wanted.Provider {
				wanted.Version = one.Version
			}
		}
		err = db.PutSwitch(ctx, wanted)
		if errors.Is(err, verification.ErrConflict) {
			return errors.New("somebody else has just changed it; look at it with 'bff switch list'")
		}
		if err != nil {
			return err
		}
		_, err = fmt.Printf("%s of %s is %s\n", wanted.Check, wanted.Provider, wanted.State)
		return err
	})
}

// flagProblems returns an error that names each flag with an invalid text.
func (c *switchSetCommand) flagProblems() error {
	type flag struct{ name, text string }
	flags := []flag{{"--by", c.By}}
	if c.State != string(policy.On) {
		flags = append(flags, flag{"--text-zh-hans", c.TextZhHans}, flag{"--text-zh-hant", c.TextZhHant}, flag{"--text-en", c.TextEn})
	}
	var problems []error
	for _, f := range flags {
		if identity.PlainText(f.text, policy.MaxSwitchText) != nil {
			problems = append(problems, fmt.Errorf("%s is required with %s: one line of 1 to %d characters without markup",
				f.name, c.State, policy.MaxSwitchText))
		}
	}
	return errors.Join(problems...)
}

// providerProblem returns an error for a name that no provider has, because a
// mistyped switch would have no effect.
func providerProblem(name string) error {
	known := []string{alipayName, wechatName, tencentName, alibabaName, agencyName, policy.EveryProvider}
	if !slices.Contains(known, name) {
		return fmt.Errorf("provider %q must be one of %s", name, strings.Join(known, ", "))
	}
	return nil
}

func (c *switchSetCommand) wanted(now time.Time) policy.Switch {
	return policy.Switch{
		Check: policy.CheckKind(c.Check), Provider: c.Provider, State: policy.SwitchState(c.State),
		Text:  identity.Text{Chinese: c.TextZhHans, Traditional: c.TextZhHant, English: c.TextEn},
		Until: c.Until, ChangedAt: now, ChangedBy: c.By,
	}
}
