package main

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"

	"renzheng/sql/store"
)

// countedBacklog counts how often the database is asked.
type countedBacklog struct {
	asked int
	err   error
}

func (b *countedBacklog) read(context.Context) (store.Backlog, error) {
	b.asked++
	return store.Backlog{
		Queues:        []store.QueueLength{{Worker: "reconcile", Length: 3}},
		Deliveries:    []store.DeliveryBacklog{{RegistryID: "beijing", State: "dead", Events: 2, Oldest: 1_000_000}},
		Verifications: []store.VerificationBacklog{{Purpose: "access", State: "open", Number: 4}},
		FacePersons:   5,
		BackedUpAt:    800_000,
	}, b.err
}

func TestBacklogMetrics_AskTheDatabaseOnceForManyScrapes(t *testing.T) {
	t.Parallel()
	now, source := time.UnixMilli(1_060_000), &countedBacklog{}
	m := newBacklogMetrics(source.read, func() time.Time { return now }, slog.New(slog.DiscardHandler))
	const want = `
# HELP bff_backup_age_seconds How long ago 'bff backup' completed the last copy of the database; if it never did, how long ago this replica started.
# TYPE bff_backup_age_seconds gauge
bff_backup_age_seconds 260
# HELP bff_database_up 1 if the database answered when it was last asked for these numbers, else 0.
# TYPE bff_database_up gauge
bff_database_up 1
# HELP bff_events_oldest_seconds Age of the oldest of these events. The same in every replica.
# TYPE bff_events_oldest_seconds gauge
bff_events_oldest_seconds{registry="beijing",state="dead"} 60
# HELP bff_face_persons Persons whose portrait is stored, up to 100001. From 100000 on, the authority has to file with the cyberspace administration. The same in every replica.
# TYPE bff_face_persons gauge
bff_face_persons 5
# HELP bff_queue_length Rows that are due for a worker, up to 10000. The same in every replica.
# TYPE bff_queue_length gauge
bff_queue_length{worker="reconcile"} 3
`
	for range 3 {
		if err := testutil.CollectAndCompare(m, strings.NewReader(want), "bff_backup_age_seconds", "bff_database_up", "bff_events_oldest_seconds", "bff_face_persons", "bff_queue_length"); err != nil {
			t.Error(err)
		}
	}
	if source.asked != 1 {
		t.Errorf("the database was asked %d times, want once", source.asked)
	}
	now = now.Add(backlogFor)
	if testutil.CollectAndCount(m); source.asked != 2 {
		t.Errorf("later it was asked %d times, want twice", source.asked)
	}
}

// Numbers of before would look as if all were well.
func TestBacklogMetrics_ReportOnlyThatTheDatabaseDoesNotAnswer(t *testing.T) {
	t.Parallel()
	source := &countedBacklog{err: errors.New("gone")}
	m := newBacklogMetrics(source.read, time.Now, slog.New(slog.DiscardHandler))
	if got := testutil.CollectAndCount(m); got != 1 {
		t.Errorf("got %d metrics, want one", got)
	}
	if got := testutil.ToFloat64(m); got != 0 {
		t.Errorf("got %v, want 0", got)
	}
}
