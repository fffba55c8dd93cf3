package verification

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// switchAge is how old a replica's view of the switches may be.
const switchAge = 2 * time.Second

// switchboard remembers the switches for a moment, so that replicas share them
// and requests do not each ask the database.
type switchboard struct {
	rows SwitchStore

	mu     sync.Mutex
	known  switches
	readAt time.Time
}

// switches are as they stood at a time.
type switches struct {
	all []Switch
	at  time.Time
}

// read gives the switches, at most switchAge old.
func (b *switchboard) read(ctx context.Context, now time.Time) (switches, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if age := now.Sub(b.readAt); age < 0 || age >= switchAge {
		all, err := b.rows.Switches(ctx)
		if err != nil {
			return switches{}, fmt.Errorf("reading the switches: %w", err)
		}
		b.known, b.readAt = switches{all: all}, now
	}
	return switches{all: b.known.all, at: now}, nil
}

// of gives what holds for a provider's check: off wins over degraded, and what
// is said of the provider itself over what is said of all.
func (s switches) of(kind CheckKind, provider string) Switch {
	found := Switch{Check: kind, Provider: provider, State: SwitchedOn}
	for _, name := range []string{provider, EveryProvider} {
		for _, one := range s.all {
			over := !one.Until.IsZero() && !s.at.Before(one.Until)
			if one.Check != kind || one.Provider != name || over {
				continue
			}
			if found.State == SwitchedOn || found.State == Degraded && one.State == SwitchedOff {
				found.State, found.Text, found.Until = one.State, one.Text, one.Until
			}
		}
	}
	return found
}
