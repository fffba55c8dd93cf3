package resilience

import (
	"fmt"

	"github.com/failsafe-go/failsafe-go/circuitbreaker"
	"github.com/prometheus/client_golang/prometheus"
)

// metrics counts by provider and call. No label is personal.
type metrics struct {
	calls    *prometheus.CounterVec
	rejects  *prometheus.CounterVec
	changes  *prometheus.CounterVec
	breakers *prometheus.GaugeVec
}

func newMetrics(r prometheus.Registerer) (*metrics, error) {
	m := &metrics{
		calls: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "bff_provider_calls_total",
			Help: "Calls of third parties, by what they told of their health: healthy, failing or silent (nothing).",
		}, []string{"provider", "call", "health"}),
		rejects: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "bff_provider_rejections_total",
			Help: "Calls of third parties that were not made, by reason: breaker_open, bulkhead_full or caller_left.",
		}, []string{"provider", "call", "reason"}),
		changes: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "bff_provider_breaker_changes_total", Help: "Changes of a circuit breaker, by its new state.",
		}, []string{"provider", "call", "state"}),
		breakers: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "bff_provider_breaker_state", Help: "State of a circuit breaker: 0 closed, 1 open, 2 half-open (probing).",
		}, []string{"provider", "call"}),
	}
	for _, c := range []prometheus.Collector{m.calls, m.rejects, m.changes, m.breakers} {
		if err := r.Register(c); err != nil {
			return nil, fmt.Errorf("registering metrics of providers: %w", err)
		}
	}
	return m, nil
}

func (m *metrics) called(g *circuit, v verdict) {
	m.calls.WithLabelValues(g.provider, g.call, v.String()).Inc()
}

func (m *metrics) rejected(g *circuit, reason string) {
	m.rejects.WithLabelValues(g.provider, g.call, reason).Inc()
}

func (m *metrics) stateChanged(g *circuit, s circuitbreaker.State) {
	m.changes.WithLabelValues(g.provider, g.call, s.String()).Inc()
	m.breakers.WithLabelValues(g.provider, g.call).Set(float64(s))
}

func (v verdict) String() string {
	switch v {
	case healthy:
		return "healthy"
	case failing:
		return "failing"
	case silent:
	}
	return "silent"
}
