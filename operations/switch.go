package operations

import (
	"context"
	"time"
)

// Switch turns a check on or off with one provider, or with all of them.
type Switch struct {
	Check     string
	Provider  string            // "*" = every provider
	State     string            // on, off or degraded
	Text      map[string]string // shown to persons, by language
	Until     time.Time         // when it turns on again; zero = not by itself
	ChangedAt time.Time
	ChangedBy string // as the operator gave it on the command line
}

// MaxSwitchHistory is the number of changes that the page lists.
const MaxSwitchHistory = 50

// SwitchStore reads the switches of checks. Safe for concurrent use.
type SwitchStore interface {
	// CurrentSwitches returns the switches that were set at some time. All others are on.
	CurrentSwitches(ctx context.Context) ([]Switch, error)
	// ChangedSwitches returns the last changes of switches, newest first.
	ChangedSwitches(ctx context.Context, last int) ([]Switch, error)
}
