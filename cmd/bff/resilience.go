package main

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"renzheng/providers/resilience"
)

// ResilienceConfig keeps one slow or broken third party from the rest. It holds
// for each call of each provider on its own, in each replica on its own.
type ResilienceConfig struct {
	Places  int           `help:"Calls under way at a time, of one kind to one third party; who finds no place is told at once to try later." default:"64" env:"BFF_RESILIENCE_PLACES"`
	Wait    time.Duration `help:"Longest wait for such a place." default:"200ms" env:"BFF_RESILIENCE_WAIT"`
	Calls   int           `help:"Calls within the window, below which a third party is not judged." default:"10" env:"BFF_RESILIENCE_CALLS"`
	Ratio   float64       `help:"Part of these that must fail by the third party's fault before it is left alone." default:"0.5" env:"BFF_RESILIENCE_RATIO"`
	Window  time.Duration `help:"How far back calls count." default:"15s" env:"BFF_RESILIENCE_WINDOW"`
	OpenFor time.Duration `help:"How long a third party is left alone before it is probed." default:"10s" env:"BFF_RESILIENCE_OPEN_FOR"`
	Probes  int           `help:"Calls that probe it; more than half must go well." default:"3" env:"BFF_RESILIENCE_PROBES"`
}

func (c ResilienceConfig) settings() resilience.Settings {
	return resilience.Settings{
		Places: c.Places, Wait: c.Wait, Calls: c.Calls, Ratio: c.Ratio, Window: c.Window, OpenFor: c.OpenFor, Probes: c.Probes,
	}
}

// guarded puts a gate before every call of every third party.
func (t thirdParties) guarded(c ResilienceConfig, r prometheus.Registerer) (thirdParties, error) {
	guard, err := resilience.New(c.settings(), r)
	if err != nil {
		return t, err
	}
	for channel, inner := range t.authorizers {
		t.authorizers[channel] = guard.Authorizer(string(channel), inner)
	}
	for channel, inner := range t.prefillers {
		t.prefillers[channel] = guard.Prefiller(string(channel), inner)
	}
	for name, inner := range t.faces {
		t.faces[name] = guard.FaceChecker(name, inner)
	}
	for name, inner := range t.bankCards {
		t.bankCards[name] = guard.BankCardChecker(name, inner)
	}
	for name, inner := range t.fourElements {
		t.fourElements[name] = guard.FourElementsChecker(name, inner)
	}
	for name, inner := range t.documents {
		t.documents[name] = guard.DocumentChecker(name, inner)
	}
	if t.account != nil {
		t.account = guard.OfficialAccount(supportName, t.account)
	}
	return t, nil
}
