package policy

import (
	"context"
	"errors"
	"fmt"
	"time"

	"renzheng/identity"
)

// SwitchState is the state of a switch.
type SwitchState string

// The states. A check that is off leads to remedies and is never skipped (R15). A
// degraded provider is used only if no other is left, and the person is told.
const (
	On       SwitchState = "on"
	Off      SwitchState = "off"
	Degraded SwitchState = "degraded"
)

// EveryProvider means all providers of a check.
const EveryProvider = "*"

// MaxSwitchText bounds the text of a switch in one language, in characters.
const MaxSwitchText = 200

// Switch takes a provider's check out of service, or back into it.
type Switch struct {
	Check     CheckKind
	Provider  string // EveryProvider for all
	State     SwitchState
	Text      identity.Text // shown to people: plain, one line; zero if on
	Until     time.Time     // when it is on again; zero if until the next change
	Version   int64         // the number of its changes; 0 before the first
	ChangedAt time.Time
	ChangedBy string // the operator, for the record
}

// SwitchStore keeps switches and the record of their changes.
type SwitchStore interface {
	// Switches returns all switches, including those that have expired.
	Switches(ctx context.Context) ([]Switch, error)
	// PutSwitch sets s if its row is still at s.Version, and adds a row to the
	// record. ErrConflict if another change came first.
	PutSwitch(ctx context.Context, s Switch) error
	// SwitchHistory returns the record, the newest first.
	SwitchHistory(ctx context.Context, limit int) ([]Switch, error)
}

// Validate reports everything that is inconsistent, and text that is not plain.
func (s Switch) Validate() error {
	var errs []error
	if !s.Check.valid() {
		errs = append(errs, fmt.Errorf("check %q is unknown", s.Check))
	}
	if s.Provider == "" || len(s.Provider) > maxProviderName {
		errs = append(errs, errors.New("the provider must be a name, or * for all"))
	}
	errs = append(errs, s.validateState())
	if plain(s.ChangedBy) != nil || len(s.ChangedBy) > MaxSwitchText {
		errs = append(errs, errors.New("the operator is required for the record, as plain text"))
	}
	return errors.Join(errs...)
}

// validateState validates what depends on the state.
func (s Switch) validateState() error {
	var errs []error
	switch s.State {
	case On:
		if s.Text != (identity.Text{}) || !s.Until.IsZero() {
			errs = append(errs, errors.New("a switch that is on has neither text nor end"))
		}
	case Off, Degraded:
		for _, language := range identity.Languages() {
			if err := plain(s.Text.For(language)); err != nil {
				errs = append(errs, fmt.Errorf("text in %s: %w", language, err))
			}
		}
		if !s.Until.IsZero() && !s.Until.After(s.ChangedAt) {
			errs = append(errs, errors.New("until lies in the past"))
		}
	default:
		errs = append(errs, fmt.Errorf("state %q must be on, off or degraded", s.State))
	}
	return errors.Join(errs...)
}

const maxProviderName = 48

// plain rejects text that could be mistaken for something else.
func plain(text string) error {
	if err := identity.PlainText(text, MaxSwitchText); err != nil {
		return fmt.Errorf("must be one line of 1 to %d characters without markup: %w", MaxSwitchText, err)
	}
	return nil
}
