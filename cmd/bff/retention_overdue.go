package main

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"renzheng/retention"
)

// overdueMetrics asks the database at most once in overdueFor. It is safe for concurrent use.
type overdueMetrics struct {
	read   func(context.Context) ([]retention.Overdue, error)
	clock  func() time.Time
	logger *slog.Logger

	mu    sync.Mutex
	until time.Time // when the last answer is no longer used
	last  []retention.Overdue

	rows, age *prometheus.Desc
}

// Describe implements [prometheus.Collector].
func (m *overdueMetrics) Describe(to chan<- *prometheus.Desc) { to <- m.rows; to <- m.age }

// Collect implements [prometheus.Collector]. Without an answer of the database it reports nothing.
func (m *overdueMetrics) Collect(to chan<- prometheus.Metric) {
	for _, o := range m.current() {
		to <- prometheus.MustNewConstMetric(m.rows, prometheus.GaugeValue, float64(o.Rows), string(o.Class))
		to <- prometheus.MustNewConstMetric(m.age, prometheus.GaugeValue, o.Age.Seconds(), string(o.Class))
	}
}

func (m *overdueMetrics) current() []retention.Overdue {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.clock().Before(m.until) {
		return m.last
	}
	ctx, cancel := context.WithTimeout(context.Background(), overdueTime)
	defer cancel()
	all, err := m.read(ctx)
	m.last, m.until = all, m.clock().Add(overdueFor)
	if err != nil {
		m.last, m.until = nil, m.clock().Add(backlogFor)
		m.logger.WarnContext(ctx, "what is overdue for deletion was not counted", slog.Any("cause", err))
	}
	return m.last
}
