package resilience

import (
	"fmt"
	"time"

	"github.com/failsafe-go/failsafe-go/bulkhead"
	"github.com/failsafe-go/failsafe-go/circuitbreaker"
	"github.com/prometheus/client_golang/prometheus"
)

// The names of calls, in errors and metrics.
const (
	callAuthorize    = "authorize"
	callPrefill      = "prefill"
	callOwner        = "owner"
	callFaceStart    = "face_start"
	callFaceQuery    = "face_query"
	callBankCard     = "bank_card"
	callFourElements = "four_elements"
	callDocument     = "document"
	callQRCode       = "qr_code"
	callPhoto        = "photo"
	callSMS          = "sms"
)

// Guard makes the decorators. Each decorator has its own circuits, so there must
// be one per provider and capability.
type Guard struct {
	settings Settings
	metrics  *metrics
	observer Observer
}

// Observer is told what becomes of calls. It must not block.
type Observer interface {
	// Called is told of each call that said something about its provider: how long it took, and the code of a failure; "" = the provider works.
	Called(provider, call string, took time.Duration, code string)
	// Changed is told of each new state of a circuit breaker, and of the first one: closed.
	Changed(provider, call, state string)
}

// nobody observes nothing.
type nobody struct{}

func (nobody) Called(string, string, time.Duration, string) {}
func (nobody) Changed(string, string, string)               {}

// Observe makes an observer that of the decorators made from now on.
func (g *Guard) Observe(o Observer) { g.observer = o }

// New returns a guard that registers its metrics with r. It fails if the settings
// are invalid, or if metrics of the same names are registered already.
func New(s Settings, r prometheus.Registerer) (*Guard, error) {
	if err := s.Validate(); err != nil {
		return nil, fmt.Errorf("guarding third parties: %w", err)
	}
	m, err := newMetrics(r)
	if err != nil {
		return nil, err
	}
	return &Guard{settings: s, metrics: m, observer: nobody{}}, nil
}

// circuit returns the circuit of one call. kind is what a rejection unwraps to.
func (g *Guard) circuit(provider, call string, kind error) *circuit {
	made := &circuit{
		provider: provider, call: call, kind: kind, settings: g.settings, metrics: g.metrics, observer: g.observer,
		places: bulkhead.New[any](uint(g.settings.Places)),
	}
	made.breaker = newBreaker(g.settings, made.onChange)
	g.metrics.breakers.WithLabelValues(provider, call).Set(float64(circuitbreaker.ClosedState))
	g.observer.Changed(provider, call, circuitbreaker.ClosedState.String())
	return made
}
