package resilience

import (
	"fmt"

	"github.com/failsafe-go/failsafe-go/circuitbreaker"
	"github.com/prometheus/client_golang/prometheus"
)

// metrics counts by provider and call. No label is personal.
type metrics struct {
	calls    *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
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
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "bff_provider_call_seconds", Help: "Time that a call of a third party took, whatever came of it.",
			Buckets: []float64{.05, .1, .25, .5, 1, 2, 3, 5, 8, 12, 20},
		}, []string{"provider", "call"}),
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
	for _, c := range []prometheus.Collector{m.calls, m.seconds, m.rejects, m.changes, m.breakers} {
		if err := r.Register(c); err != nil {
			return nil, fmt.Errorf("registering metrics of providers: %w", err)
		}
	}
	return m, nil
}

func (m *metrics) called(g *circuit, v verdict) {
	m.calls.WithLabelValues(g.provider, g.call, v.String()).Inc()
}

// timed begins to measure a call.
func (m *metrics) timed(g *circuit) *prometheus.Timer {
	return prometheus.NewTimer(m.seconds.WithLabelValues(g.provider, g.call))
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
