package main

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"renzheng/sql/store"
)

const (
	backlogFor  = 10 * time.Second // how long an answer of the database is used again; scrapers ask every 15 s
	backlogTime = 3 * time.Second  // below the time that scrapers wait
)

// backlogMetrics reads from the database what waits: in queues, for registries and
// for persons. All replicas report the same numbers. However often it is scraped, it
// asks once in backlogFor. Nothing else asks. It is safe for concurrent use.
type backlogMetrics struct {
	read   func(context.Context) (store.Backlog, error)
	clock  func() time.Time
	logger *slog.Logger

	mu    sync.Mutex
	until time.Time // when the last answer is no longer used
	last  store.Backlog
	ok    bool

	begun time.Time

	queues, overdue, events, oldest, verifications, faces, waiting, backup, skew, reachable *prometheus.Desc
}

func newBacklogMetrics(read func(context.Context) (store.Backlog, error), clock func() time.Time, logger *slog.Logger) *backlogMetrics {
	desc := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc(name, help, labels, nil)
	}
	return &backlogMetrics{
		read: read, clock: clock, logger: logger, begun: clock(),
		queues:  desc("bff_queue_length", "Rows that are due for a worker, up to 10000. The same in every replica.", "worker"),
		overdue: desc("bff_queue_oldest_seconds", "How long the first of these rows has been due; 0 if none is. Not known of sequence. The same in every replica.", "worker"),
		events: desc("bff_events", "Events that a registry has not acknowledged: pending, or dead, which need a person. "+
			"All together up to 10000. Absent if there are none. The same in every replica.", "registry", "state"),
		oldest: desc("bff_events_oldest_seconds", "Age of the oldest of these events. The same in every replica.", "registry", "state"),
		verifications: desc("bff_verifications_running", "Verifications that have begun and not ended, up to 10000. "+
			"The same in every replica.", "purpose", "state"),
		faces: desc("bff_face_persons", "Persons whose portrait is stored, up to 100001. From 100000 on, the authority has to file with the cyberspace administration. "+
			"The same in every replica."),
		waiting: desc("bff_queue_waiting", "Queue numbers of today that wait to be called, by office. Absent if nobody waits. The same in every replica.", "office"),
		backup: desc("bff_backup_age_seconds", "How long ago 'bff backup' completed the last copy of the database; "+
			"if it never did, how long ago this replica started."),
		skew:      desc("bff_clock_skew_seconds", "How far the database's clock is ahead of that of this replica's machine; 0 for SQLite."),
		reachable: desc("bff_database_up", "1 if the database answered when it was last asked for these numbers, else 0."),
	}
}

// backlogOf returns what reads the backlog of the registries that are configured now.
func (t *thirdParties) backlogOf(db *store.Store, clock func() time.Time) func(context.Context) (store.Backlog, error) {
	return func(ctx context.Context) (store.Backlog, error) {
		return db.Backlog(ctx, t.registries.live.Current().IDs(), clock())
	}
}

// Describe implements [prometheus.Collector].
func (m *backlogMetrics) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{m.queues, m.overdue, m.events, m.oldest, m.verifications, m.faces, m.waiting, m.backup, m.skew, m.reachable} {
		to <- d
	}
}

// Collect implements [prometheus.Collector]. Without an answer of the database it
// reports nothing but that.
func (m *backlogMetrics) Collect(to chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, value float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	b, ok := m.current()
	if !ok {
		gauge(m.reachable, 0)
		return
	}
	gauge(m.reachable, 1)
	now := m.clock()
	since := func(ms int64) float64 { return max(0, now.Sub(time.UnixMilli(ms)).Seconds()) }
	for _, q := range b.Queues {
		gauge(m.queues, float64(q.Length), q.Worker)
		switch {
		case q.Oldest > 0:
			gauge(m.overdue, since(q.Oldest), q.Worker)
		case q.Worker != "sequence":
			gauge(m.overdue, 0, q.Worker)
		}
	}
	gauge(m.faces, float64(b.FacePersons))
	backedUp := b.BackedUpAt
	if backedUp == 0 {
		backedUp = m.begun.UnixMilli()
	}
	gauge(m.backup, since(backedUp))
	gauge(m.skew, b.Skew.Seconds())
	for _, w := range b.Waiting {
		gauge(m.waiting, float64(w.Number), w.Office)
	}
	for _, d := range b.Deliveries {
		gauge(m.events, float64(d.Events), d.RegistryID, d.State)
		gauge(m.oldest, since(d.Oldest), d.RegistryID, d.State)
	}
	for _, v := range b.Verifications {
		gauge(m.verifications, float64(v.Number), v.Purpose, v.State)
	}
}

// current returns the last answer, or asks the database for a new one. Scrapers that
// come meanwhile wait for the same answer.
func (m *backlogMetrics) current() (store.Backlog, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.clock().Before(m.until) {
		return m.last, m.ok
	}
	ctx, cancel := context.WithTimeout(context.Background(), backlogTime)
	defer cancel()
	b, err := m.read(ctx)
	m.last, m.ok, m.until = b, err == nil, m.clock().Add(backlogFor)
	if err != nil {
		m.logger.WarnContext(ctx, "what waits was not counted", slog.Any("cause", err))
	}
	return m.last, m.ok
}
