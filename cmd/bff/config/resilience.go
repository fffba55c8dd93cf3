package config

import (
	"time"

	"renzheng/providers/resilience"
)

// Resilience keeps one slow or broken third party from the rest. It holds
// for each call of each provider on its own, in each replica on its own.
type Resilience struct {
	Places  int           `help:"Calls under way at a time, of one kind to one third party; who finds no place is told at once to try later." default:"64" env:"BFF_RESILIENCE_PLACES"`
	Wait    time.Duration `help:"Longest wait for such a place." default:"200ms" env:"BFF_RESILIENCE_WAIT"`
	Calls   int           `help:"Calls within the window, below which a third party is not judged." default:"10" env:"BFF_RESILIENCE_CALLS"`
	Ratio   float64       `help:"Part of these that must fail by the third party's fault before it is left alone." default:"0.5" env:"BFF_RESILIENCE_RATIO"`
	Window  time.Duration `help:"How far back calls count." default:"15s" env:"BFF_RESILIENCE_WINDOW"`
	OpenFor time.Duration `help:"How long a third party is left alone before it is probed." default:"10s" env:"BFF_RESILIENCE_OPEN_FOR"`
	Probes  int           `help:"Calls that probe it; more than half must go well." default:"3" env:"BFF_RESILIENCE_PROBES"`
}

// Adapter returns the settings of the guard.
func (s Resilience) Adapter() resilience.Settings {
	return resilience.Settings{
		Places: s.Places, Wait: s.Wait, Calls: s.Calls, Ratio: s.Ratio, Window: s.Window, OpenFor: s.OpenFor, Probes: s.Probes,
	}
}

// Check returns a setting.Error for each field that is invalid, joined.
func (s Resilience) Check() error { return s.Adapter().Validate() }
