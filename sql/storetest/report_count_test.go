package storetest_test

import (
	"sync"
	"testing"
	"time"

	"renzheng/operations"
	"renzheng/retention"
)

// Replicas add to the same counts at once.
func TestCounts_AddUpOverReplicas(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		bucket := f.now.Truncate(operations.Bucket)
		count := func(code string, at time.Time) operations.Count {
			return operations.Count{Request: operations.Request{Code: code, RegistryID: "beijing", Step: "push_case"}, Bucket: bucket, Number: 3, LastAt: at}
		}
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				db, at := f.store, f.now.Add(time.Duration(i)*time.Second)
				if i%2 == 0 {
					db = f.replica
				}
				if err := db.AddCounts(ctx, []operations.Count{count("b", at), count("a", at)}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		found := must[[]operations.Count](t)(f.replica.Counts(ctx, bucket))
		if len(found) != 2 || found[0].Number != 24 || found[1].Number != 24 || !found[0].LastAt.Equal(f.now.Add(7*time.Second)) || found[0].RegistryID != "beijing" {
			t.Errorf("got %+v, want two counts of 24", found)
		}
		if found = must[[]operations.Count](t)(f.replica.Counts(ctx, bucket.Add(time.Millisecond))); len(found) != 0 {
			t.Errorf("got %+v of later buckets", found)
		}
		gone := must[retention.Batch](t)(f.store.PurgeCut(ctx, retention.Cut{Class: retention.RequestCounts, Before: bucket}, f.now, 10))
		if gone.Gone != 2 {
			t.Errorf("got %+v, want both counts purged", gone)
		}
	})
}

func TestProviders_AreThoseOfLiveReplicas(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		for _, replica := range []string{"pod-1", "pod-2"} {
			for _, state := range []string{"closed", "open"} { // a report replaces the one before
				reports := []operations.Provider{
					{Provider: "alipay", Call: "face_start", State: state, ChangedAt: f.now, FailureAt: f.now, FailureCode: "timeout", Calls: 3, P50: time.Second, ReportedAt: f.now},
					{Provider: "agency", Call: "document", State: "closed", ReportedAt: f.now},
				}
				if err := f.store.ReportProviders(ctx, replica, reports, f.now.Add(operations.ReportLife)); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := f.store.ReportProviders(ctx, "pod-1", []operations.Provider{{Provider: "alipay", Call: "face_start", State: "half-open"}}, f.now.Add(2*operations.ReportLife)); err != nil {
			t.Fatal(err)
		}
		found := must[[]operations.Provider](t)(f.replica.ReportedProviders(ctx, f.now))
		if len(found) != 3 || found[0].Replica != "pod-2" || found[1].State != "half-open" || found[2].State != "open" || found[2].FailureCode != "timeout" || found[2].P50 != time.Second ||
			!found[1].SuccessAt.IsZero() {
			t.Errorf("got %+v", found)
		}
		if found = must[[]operations.Provider](t)(f.replica.ReportedProviders(ctx, f.now.Add(operations.ReportLife))); len(found) != 1 {
			t.Errorf("got %+v, want the replica that still reports", found)
		}
	})
}
