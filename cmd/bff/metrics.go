package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"renzheng/appointment"
	"renzheng/operations"
	"renzheng/sql/store"
	"renzheng/todo"
	"renzheng/verification"
	"renzheng/verification/policy"
)

// outcomes counts what the rules decided. The labels are words of ours: kinds, names
// of providers in the policy, states and codes. None is personal.
type outcomes struct {
	attempts      *prometheus.CounterVec
	verifications *prometheus.CounterVec
	rejections    *prometheus.CounterVec
	confirmations *prometheus.CounterVec
	deliveries    *prometheus.CounterVec
	tally         *operations.Tally // of rejections, for the console; nil = none
	clock         func() time.Time
	appointments  *prometheus.CounterVec
	called        *prometheus.HistogramVec
}

var (
	_ verification.Metrics = (*outcomes)(nil)
	_ todo.Metrics         = (*outcomes)(nil)
	_ appointment.Metrics  = (*outcomes)(nil)
)

func newOutcomes(r prometheus.Registerer) (*outcomes, error) {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
	}
	o := &outcomes{
		attempts: counter("bff_attempts_total",
			"Attempts that ended, by check, provider, result and failure code, which is empty for a pass.",
			"check", "provider", "result", "failure"),
		verifications: counter("bff_verifications_total",
			"Verifications that began (open) or reached a state by a call or by their time. Consumed ones are in bff_confirmations_total.",
			"purpose", "state"),
		rejections: counter("bff_quota_rejections_total",
			"Tries that a quota rejected, by what it limits: account, subject, card, source, starts, verifications, subjects or consents.",
			"quota"),
		confirmations: counter("bff_confirmations_total", "Answers to todos, by decision.", "decision"),
		deliveries: counter("bff_deliveries_total",
			"Attempts to push an event: delivered, pending (failed, and tried again) or dead (given up).", "result"),
		appointments: counter("bff_appointments_total", "Appointments that were booked, cancelled, kept (arrived), missed or withdrawn by the office, by office.", "office", "state"),
		called: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "bff_queue_wait_seconds", Help: "How long the person of a called number waited: since the number was taken, or since their time slot began. Line A is with an appointment.",
			Buckets: prometheus.ExponentialBuckets(60, 2, 8),
		}, []string{"office", "line"}),
	}
	return o, register(r, o.attempts, o.verifications, o.rejections, o.confirmations, o.deliveries, o.appointments, o.called)
}

// AttemptEnded implements [verification.Metrics].
func (o *outcomes) AttemptEnded(a verification.Attempt) {
	o.attempts.WithLabelValues(string(a.Check), a.Provider, string(a.State), string(a.Failure)).Inc()
}

// VerificationMoved implements [verification.Metrics].
func (o *outcomes) VerificationMoved(purpose policy.Purpose, to verification.State) {
	o.verifications.WithLabelValues(string(purpose), string(to)).Inc()
}

// TryRejected implements [verification.Metrics].
func (o *outcomes) TryRejected(q policy.Quota) {
	o.rejections.WithLabelValues(q.Kind()).Inc()
	if name := verification.CounterName(q); name != "" && o.tally != nil {
		o.tally.Add(operations.Rejection(name), o.clock())
	}
}

// Answered implements [todo.Metrics].
func (o *outcomes) Answered(d todo.Decision) { o.confirmations.WithLabelValues(string(d)).Inc() }

// AppointmentMoved implements [appointment.Metrics].
func (o *outcomes) AppointmentMoved(office string, to appointment.State) {
	o.appointments.WithLabelValues(office, string(to)).Inc()
}

// NumberCalled implements [appointment.Metrics].
func (o *outcomes) NumberCalled(office string, line appointment.Line, waited time.Duration) {
	o.called.WithLabelValues(office, string(line)).Observe(waited.Seconds())
}

// DeliveryTried implements [todo.Metrics].
func (o *outcomes) DeliveryTried(result todo.DeliveryState) {
	o.deliveries.WithLabelValues(string(result)).Inc()
}

// newRounds returns the counter of what workers do.
func newRounds() *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "bff_worker_rounds_total", Help: "Rounds of workers, by result: worked, idle (nothing to do, or another replica does it) or failed.",
	}, []string{"worker", "result"})
}

// registerMetrics registers what the rules count and what waits in the database, and
// returns what the rules are to count with.
func registerMetrics(r prometheus.Registerer, backlog *backlogMetrics) (*outcomes, error) {
	if err := register(r, backlog); err != nil {
		return nil, err
	}
	return newOutcomes(r)
}

// registerProcess registers the metrics of the process and of the database's pools.
func registerProcess(r prometheus.Registerer, db *store.Store) error {
	all := []prometheus.Collector{
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	}
	pools := db.Pools()
	for _, name := range slices.Sorted(maps.Keys(pools)) {
		all = append(all, collectors.NewDBStatsCollector(pools[name], name))
	}
	return register(r, all...)
}

// register registers collectors. It fails if there is one of the same names.
func register(r prometheus.Registerer, all ...prometheus.Collector) error {
	var problems []error
	for _, c := range all {
		problems = append(problems, r.Register(c))
	}
	if err := errors.Join(problems...); err != nil {
		return fmt.Errorf("registering metrics: %w", err)
	}
	return nil
}
