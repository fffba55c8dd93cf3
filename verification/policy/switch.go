package policy

import (
	"context"
	"errors"
	"fmt"
	"time"

	"renzheng/identity"
)

// SwitchState is how an operator has set a provider's check.
type SwitchState string

// The states. Off leads to remedies, never past the check (R15); degraded is
// used only where nobody else is left, and says so.
const (
	On       SwitchState = "on"
	Off      SwitchState = "off"
	Degraded SwitchState = "degraded"
)

// EveryProvider stands for all providers of a check.
const EveryProvider = "*"

// MaxSwitchText bounds what people are shown of a switch: characters in one
// language.
const MaxSwitchText = 200

// Switch is what an operator has said of a check and a provider.
type Switch struct {
	Check     CheckKind
	Provider  string // EveryProvider for all
	State     SwitchState
	Text      identity.Text // what people see: plain, one line; zero where on
	Until     time.Time     // then it is on again; zero = until somebody changes it
	Version   int64         // counts its changes; 0 = there is none yet
	ChangedAt time.Time
	ChangedBy string // who says so, for the record
}

// SwitchStore keeps switches and the record of their changes.
type SwitchStore interface {
	// Switches returns all switches, those whose time is over too.
	Switches(ctx context.Context) ([]Switch, error)
	// PutSwitch sets s where its row is still at s.Version, and adds a row to the
	// record. ErrConflict when somebody else was first.
	PutSwitch(ctx context.Context, s Switch) error
	// SwitchHistory returns the record, the newest first.
	SwitchHistory(ctx context.Context, limit int) ([]Switch, error)
}

// Validate reports what cannot be meant, and text that is not plain.
func (s Switch) Validate() error {
	var problems []error
	if !knownCheck(s.Check) {
		problems = append(problems, fmt.Errorf("check %q is unknown", s.Check))
	}
	if s.Provider == "" || len(s.Provider) > maxProviderName {
		problems = append(problems, errors.New("a provider's name, or * for all, is needed"))
	}
	switch s.State {
	case On:
		if s.Text != (identity.Text{}) || !s.Until.IsZero() {
			problems = append(problems, errors.New("what is on has neither text nor end"))
		}
	case Off, Degraded:
		for _, language := range identity.Languages() {
			if err := plain(s.Text.For(language)); err != nil {
				problems = append(problems, fmt.Errorf("text in %s: %w", language, err))
			}
		}
		if !s.Until.IsZero() && !s.Until.After(s.ChangedAt) {
			problems = append(problems, errors.New("it would be over before it begins: until lies in the past"))
		}
	default:
		problems = append(problems, fmt.Errorf("state %q is none of on, off and degraded", s.State))
	}
	if plain(s.ChangedBy) != nil || len(s.ChangedBy) > MaxSwitchText {
		problems = append(problems, errors.New("who changes it is needed for the record, in plain words"))
	}
	return errors.Join(problems...)
}

const maxProviderName = 48

// plain refuses text that could pretend to be something else.
func plain(text string) error {
	if err := identity.PlainText(text, MaxSwitchText); err != nil {
		return fmt.Errorf("needs one line of 1 to %d characters without markup: %w", MaxSwitchText, err)
	}
	return nil
}
