package config

import (
	"time"

	"renzheng/providers/resilience"
)

// Resilience configures what keeps a slow or broken third party from affecting the
// others. It applies to each kind of call of each provider, in each replica.
type Resilience struct {
	Places  int           `help:"Concurrent calls of one kind to one third party. Further calls fail at once and may be tried again later." default:"64" env:"BFF_RESILIENCE_PLACES"`
	Wait    time.Duration `help:"How long a call waits for one of these places." default:"200ms" env:"BFF_RESILIENCE_WAIT"`
	Calls   int           `help:"Calls within the window that are needed before the circuit breaker can open." default:"10" env:"BFF_RESILIENCE_CALLS"`
	Ratio   float64       `help:"Share of these calls that must fail because of the third party before the circuit breaker opens." default:"0.5" env:"BFF_RESILIENCE_RATIO"`
	Window  time.Duration `help:"How far back calls are counted." default:"15s" env:"BFF_RESILIENCE_WINDOW"`
	OpenFor time.Duration `help:"How long the circuit breaker stays open before the third party is probed." default:"10s" env:"BFF_RESILIENCE_OPEN_FOR"`
	Probes  int           `help:"Calls that probe it. More than half must succeed." default:"3" env:"BFF_RESILIENCE_PROBES"`
}

// Adapter returns the settings of the guard.
func (s Resilience) Adapter() resilience.Settings {
	return resilience.Settings{
		Places: s.Places, Wait: s.Wait, Calls: s.Calls, Ratio: s.Ratio, Window: s.Window, OpenFor: s.OpenFor, Probes: s.Probes,
	}
}

// Check returns a setting.Error for each field that is invalid, joined.
func (s Resilience) Check() error { return s.Adapter().Validate() }
