package policy

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// switchAge is how old a replica's view of the switches may be.
const switchAge = 2 * time.Second

// SwitchCache remembers the switches for a moment, so that replicas share them
// and requests do not each ask the database.
type SwitchCache struct {
	Rows SwitchStore

	mu     sync.Mutex
	known  Switches
	readAt time.Time
}

// Switches are as they stood at a time.
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
		b.known, b.readAt = Switches{All: all}, now
	}
	return Switches{All: b.known.All, At: now}, nil
}

// Of returns what holds for a provider's check: off wins over degraded, and what
// is said of the provider itself over what is said of all.
func (s Switches) Of(kind CheckKind, provider string) Switch {
	found := Switch{Check: kind, Provider: provider, State: On}
	for _, name := range []string{provider, EveryProvider} {
		for _, one := range s.All {
			over := !one.Until.IsZero() && !s.At.Before(one.Until)
			if one.Check != kind || one.Provider != name || over {
				continue
			}
			if found.State == On || found.State == Degraded && one.State == Off {
				found.State, found.Text, found.Until = one.State, one.Text, one.Until
			}
		}
	}
	return found
}
