package bff

import (
	"fmt"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// metrics counts requests. The labels are route templates, methods and classes of
// status: they are few and contain nothing personal.
type metrics struct {
	requests *prometheus.CounterVec
	duration *prometheus.HistogramVec
	problems *prometheus.CounterVec
	inFlight prometheus.Gauge

	unparsedClients prometheus.Counter
}

const statusClass = 100 // statuses of one class begin with the same digit

func newMetrics(r prometheus.Registerer, version string) (metrics, error) {
	m := metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "bff_http_requests_total", Help: "Requests answered, by route template, method and class of status.",
		}, []string{"route", "method", "class"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "bff_http_request_seconds", Help: "Time to answer, by route template and method.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30},
		}, []string{"route", "method"}),
		problems: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "bff_problems_total", Help: "Requests answered with a problem document, by its code.",
		}, []string{"code"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "bff_http_requests_in_flight", Help: "Requests being answered.",
		}),
		unparsedClients: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "bff_http_unparsed_clients_total",
			Help: "Requests of trusted proxies whose client address could not be parsed; they count as the proxy's own.",
		}),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "bff_build_info", Help: "Always 1; the label names the version.", ConstLabels: prometheus.Labels{"version": version},
	})
	build.Set(1)
	for _, c := range []prometheus.Collector{build, m.requests, m.duration, m.problems, m.inFlight, m.unparsedClients} {
		if err := r.Register(c); err != nil {
			return metrics{}, fmt.Errorf("registering metrics: %w", err)
		}
	}
	return m, nil
}

// count records one answered request. The method of an unknown route is "".
func (m metrics) count(route, method string, status int, took time.Duration) {
	m.requests.WithLabelValues(route, method, strconv.Itoa(status/statusClass)+"xx").Inc()
	m.duration.WithLabelValues(route, method).Observe(took.Seconds())
}
