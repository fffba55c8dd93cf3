package console

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"renzheng/staff"
)

// metrics counts requests and sign-ins. The labels are ids of routes and fixed words, so that there are few and none identifies a
// person.
type metrics struct {
	requests *prometheus.CounterVec
	duration *prometheus.HistogramVec
	signIns  *prometheus.CounterVec
}

const statusClass = 100 // statuses of a class, such as 4xx, have the same quotient

func newMetrics(r prometheus.Registerer) (metrics, error) {
	m := metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "bff_console_requests_total", Help: "Requests of the console, by route, method and class of status.",
		}, []string{"route", "method", "class"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "bff_console_request_seconds", Help: "Time to answer a request of the console, by route.",
			Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30},
		}, []string{"route"}),
		signIns: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "bff_console_sign_ins_total",
			Help: "Sign-ins to the console that ended, by outcome: signed_in, rejected, second_factor, no_role, no_office, signed_out, unavailable or failed.",
		}, []string{"outcome"}),
	}
	if r == nil {
		return m, nil
	}
	for _, c := range []prometheus.Collector{m.requests, m.duration, m.signIns} {
		if err := r.Register(c); err != nil {
			return m, fmt.Errorf("registering metrics of the console: %w", err)
		}
	}
	return m, nil
}

// count records an answered request. An unknown route has no method, because the client could send any.
func (m metrics) count(r route, status int, took time.Duration) {
	m.requests.WithLabelValues(r.id, r.method, strconv.Itoa(status/statusClass)+"xx").Inc()
	m.duration.WithLabelValues(r.id).Observe(took.Seconds())
}

// signedIn records how a sign-in ended: with err, or with a session if err is nil.
func (m metrics) signedIn(err error) { m.signIns.WithLabelValues(outcomeOf(err)).Inc() }

func outcomeOf(err error) string {
	if err == nil {
		return "signed_in"
	}
	for outcome, known := range map[string]error{
		"rejected": staff.ErrRejected, "second_factor": staff.ErrSecondFactor, "no_role": staff.ErrNoRole, "no_office": staff.ErrNoOffice,
		"signed_out": staff.ErrSignedOut, "unavailable": staff.ErrUnavailable,
	} {
		if errors.Is(err, known) {
			return outcome
		}
	}
	return "failed"
}
