package console

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"renzheng/staff"
)

// metrics counts requests and sign-ins. The labels are ids of routes and words of ours: they are few and name nobody.
type metrics struct {
	requests *prometheus.CounterVec
	duration *prometheus.HistogramVec
	signIns  *prometheus.CounterVec
}

const statusClass = 100 // statuses of one class begin with the same digit

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

// count records one answered request. The method of an unknown route is a client's value, and left out.
func (m metrics) count(r route, status int, took time.Duration) {
	m.requests.WithLabelValues(r.id, r.method, strconv.Itoa(status/statusClass)+"xx").Inc()
	m.duration.WithLabelValues(r.id).Observe(took.Seconds())
}

// signedIn records how a sign-in ended.
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

// Throttle limits requests. Its methods count one and return how long to wait, 0 if not at all.
type Throttle interface {
	Address(r *http.Request) time.Duration
	Session(id string) time.Duration
}

// errTooMany reports a client that must wait.
var errTooMany = errors.New("too many requests")

// admit counts a request of its address. The probe is not limited, because a busy process is not a dead one.
func (c *call) admit() error {
	if c.console.deps.Throttle == nil || c.route.id == "health" {
		return nil
	}
	return c.await(c.console.deps.Throttle.Address(c.request()))
}

// admitSession counts a request of its session.
func (c *call) admitSession() error {
	if c.console.deps.Throttle == nil || c.session.ID == "" {
		return nil
	}
	return c.await(c.console.deps.Throttle.Session(c.session.ID))
}

func (c *call) await(wait time.Duration) error {
	if wait <= 0 {
		return nil
	}
	c.retryAfter(wait)
	return errTooMany
}

// retryAfter tells the browser how long to wait, in whole seconds and at least one.
func (c *call) retryAfter(wait time.Duration) {
	c.gin.Header("Retry-After", strconv.Itoa(max(1, int((wait+time.Second-1)/time.Second))))
}
