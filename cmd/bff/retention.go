package main

import (
	"context"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"renzheng/cmd/bff/config"
	"renzheng/providers/registry"
	"renzheng/retention"
	"renzheng/sql/store"
)

// retentionMetrics is where a server reports what its purge does.
type retentionMetrics struct {
	registry prometheus.Registerer
	logger   *slog.Logger
}

// openRetention returns the purge of the server.
func openRetention(c *config.Config, db *store.Store, registries *registry.Live, m retentionMetrics) (*retention.Service, error) {
	counts := newPurgeMetrics()
	service := retention.New(retention.Deps{
		Store: db, Registries: registryDays(registries.Registry), Periods: c.Retention.Periods(), Clock: c.Clock(), Metrics: counts,
	})
	return service, register(m.registry, counts.purged, counts.completed, newOverdueMetrics(service.Overdue, c.Clock(), m.logger))
}

// purgeMetrics counts what this replica deletes. The labels are names of classes.
type purgeMetrics struct {
	purged    *prometheus.CounterVec
	completed prometheus.Gauge
}

var _ retention.Metrics = (*purgeMetrics)(nil)

func newPurgeMetrics() *purgeMetrics {
	return &purgeMetrics{
		purged: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "bff_retention_purged_total", Help: "Rows that this replica deleted or erased at the end of their period, by class.",
		}, []string{"class"}),
		completed: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "bff_retention_completed_timestamp_seconds",
			Help: "When this replica last found nothing more to delete, in seconds since 1970; 0 if never. One replica at a time deletes: use the maximum.",
		}),
	}
}

// Purged implements [retention.Metrics].
func (m *purgeMetrics) Purged(c retention.Class, rows int) {
	m.purged.WithLabelValues(string(c)).Add(float64(rows))
}

// PurgeCompleted implements [retention.Metrics].
func (m *purgeMetrics) PurgeCompleted(at time.Time) {
	m.completed.Set(float64(at.UnixMilli()) / float64(time.Second/time.Millisecond))
}

const (
	overdueFor  = 5 * time.Minute // how long an answer of the database is used again
	overdueTime = 10 * time.Second
)

// newOverdueMetrics reports what should have been deleted and was not.
func newOverdueMetrics(
	read func(context.Context) ([]retention.Overdue, error), clock func() time.Time, logger *slog.Logger,
) *overdueMetrics {
	return &overdueMetrics{
		read: read, clock: clock, logger: logger,
		rows: prometheus.NewDesc("bff_retention_due_rows",
			"Rows whose period is over and that are not deleted yet, by class, up to 10000. Rows that a legal hold keeps are not counted. The same in every replica.",
			[]string{"class"}, nil),
		age: prometheus.NewDesc("bff_retention_overdue_seconds",
			"How long ago the period of the oldest of these rows ended. The same in every replica.", []string{"class"}, nil),
	}
}
