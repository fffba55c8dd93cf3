package operations

import (
	"context"
	"time"
)

// Switch is the switch of a check with a provider.
type Switch struct {
	Check     string
	Provider  string // "*" = every provider
	State     string // on, off or degraded
	Text      map[string]string
	Until     time.Time // zero if it stays until it is changed
	ChangedAt time.Time
	ChangedBy string
}

// MaxSwitchHistory bounds the list of changes.
const MaxSwitchHistory = 50

// SwitchStore shows the switches of checks.
type SwitchStore interface {
	// SetSwitches returns the switches that are set. All others are on.
	SetSwitches(ctx context.Context) ([]Switch, error)
	// ChangedSwitches returns the last changes, newest first.
	ChangedSwitches(ctx context.Context, last int) ([]Switch, error)
}
