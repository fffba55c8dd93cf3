package policy

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// switchAge is how old a replica's switches may be.
const switchAge = 2 * time.Second

// SwitchCache keeps the switches for a short time, so that requests do not each read
// the database.
type SwitchCache struct {
	Rows SwitchStore

	mu     sync.Mutex
	last   Switches
	readAt time.Time
}

// Switches are the switches at a time.
type Switches struct {
	All []Switch
	At  time.Time
}

// Read returns the switches, at most switchAge old.
func (b *SwitchCache) Read(ctx context.Context, now time.Time) (Switches, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if age := now.Sub(b.readAt); age < 0 || age >= switchAge {
		all, err := b.Rows.Switches(ctx)
		if err != nil {
			return Switches{}, fmt.Errorf("reading the switches: %w", err)
		}
		b.last, b.readAt = Switches{All: all}, now
	}
	return Switches{All: b.last.All, At: now}, nil
}

// Of returns the switch that applies to a provider's check. Off takes precedence over
// degraded, and a switch of the provider itself over one of all.
func (s Switches) Of(kind CheckKind, provider string) Switch {
	current := Switch{Check: kind, Provider: provider, State: On}
	for _, name := range []string{provider, EveryProvider} {
		for _, one := range s.All {
			expired := !one.Until.IsZero() && !s.At.Before(one.Until)
			if one.Check != kind || one.Provider != name || expired {
				continue
			}
			if current.State == On || current.State == Degraded && one.State == Off {
				current.State, current.Text, current.Until = one.State, one.Text, one.Until
			}
		}
	}
	return current
}
