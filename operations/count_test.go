package operations_test

import (
	"context"
	"errors"
	"reflect"
	"sync"
	"testing"
	"time"

	"renzheng/operations"
)

var noon = time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)

// counts keeps what is stored, or fails.
type counts struct {
	operations.CountStore

	err    error
	stored []operations.Count
}

func (c *counts) AddCounts(_ context.Context, added []operations.Count) error {
	if c.err == nil {
		c.stored = append(c.stored, added...)
	}
	return c.err
}

func TestTally_KeepsWhatCouldNotBeStored(t *testing.T) {
	t.Parallel()
	tally, store := operations.NewTally(), &counts{err: errors.New("away")}
	r := operations.Request{Code: "face_failed", Failure: "face_differs", Channel: "wechat", Step: "query_face"}
	var all sync.WaitGroup
	for i := range 100 {
		all.Go(func() { tally.Add(r, noon.Add(time.Duration(i)*time.Second)) })
	}
	all.Wait()
	tally.Add(r, noon.Add(operations.Bucket))
	if _, err := tally.Flush(t.Context(), store); err == nil {
		t.Error("a failure of the store is hidden")
	}
	tally.Add(r, noon)
	store.err = nil
	if n, err := tally.Flush(t.Context(), store); n != 2 || err != nil {
		t.Errorf("got %d, %v; want 2 counts", n, err)
	}
	for _, c := range store.stored {
		want := operations.Count{Request: r, Bucket: noon, Number: 101, LastAt: noon.Add(99 * time.Second)}
		if !c.Bucket.Equal(noon) {
			want = operations.Count{Request: r, Bucket: noon.Add(operations.Bucket), Number: 1, LastAt: noon.Add(operations.Bucket)}
		}
		if !reflect.DeepEqual(c, want) {
			t.Errorf("got %+v, want %+v", c, want)
		}
	}
	if n, _ := tally.Flush(t.Context(), store); n != 0 {
		t.Errorf("got %d counts twice", n)
	}
}

func TestProblems_AreSummedAndSpread(t *testing.T) {
	t.Parallel()
	count := func(ago time.Duration, code, registry string, n int) operations.Count {
		return operations.Count{Request: operations.Request{Code: code, RegistryID: registry, Step: "push_case"}, Bucket: noon.Add(-ago), LastAt: noon.Add(-ago), Number: n}
	}
	all := []operations.Count{
		count(time.Minute*5, "a", "", 1), count(time.Minute*60, "a", "", 2), count(time.Minute*65, "a", "", 4), count(time.Minute*10, "b", "r", 8), count(time.Minute*10, "", "r", 16),
	}
	found := operations.Problems(all, noon.Add(-time.Hour))
	if len(found) != 2 || found[0].Code != "b" || found[0].Number != 8 || found[1].Number != 3 || !found[1].LastAt.Equal(noon.Add(-5*time.Minute)) {
		t.Errorf("got %+v", found)
	}
	spans := operations.Spans(all, noon, 5*time.Minute, 12)
	if len(spans) != 12 || spans[0].Number != 2 || spans[11].Number != 1 || spans[10].Number != 8 || !spans[0].Begin.Equal(noon.Add(-time.Hour)) {
		t.Errorf("got %+v", spans)
	}
	uses := operations.UseOf(all, "r", func(operations.Count) bool { return true })
	want := []operations.OperationUse{{
		Step: "push_case", Number: 24, LastAt: noon.Add(-10 * time.Minute), Succeeded: noon.Add(-10 * time.Minute), Rejected: []operations.Reason{{Failure: "b", Count: 8}},
	}}
	if !reflect.DeepEqual(uses, want) {
		t.Errorf("got %+v, want %+v", uses, want)
	}
}

// reports keeps the last report.
type reports struct {
	operations.ProviderStore

	replica string
	last    []operations.Provider
	until   time.Time
}

func (r *reports) ReportProviders(_ context.Context, replica string, all []operations.Provider, until time.Time) error {
	r.replica, r.last, r.until = replica, all, until
	return nil
}

func TestProviders_ReportStateLastCallsAndPercentiles(t *testing.T) {
	t.Parallel()
	now := noon
	p := operations.NewProviders("pod-1", func() time.Time { return now })
	p.Changed("alipay", "face_start", "closed")
	for i := range 1000 { // of which the last 200 are remembered
		p.Called("alipay", "face_start", time.Duration(i)*time.Millisecond, "")
	}
	now = now.Add(time.Minute)
	p.Called("alipay", "face_start", 999*time.Millisecond, "超时 \n"+string(make([]byte, 100)))
	p.Changed("alipay", "face_start", "open")
	p.Changed("agency", "document", "closed")
	store := &reports{}
	if n, err := p.Report(t.Context(), store); n != 2 || err != nil || store.replica != "pod-1" || !store.until.Equal(now.Add(operations.ReportLife)) {
		t.Fatalf("got %d, %v, %+v", n, err, store)
	}
	code := store.last[1].FailureCode
	store.last[1].FailureCode = ""
	want := []operations.Provider{
		{Provider: "agency", Call: "document", Replica: "pod-1", State: "closed", ChangedAt: now, ReportedAt: now},
		{
			Provider: "alipay", Call: "face_start", Replica: "pod-1", State: "open", ChangedAt: now, SuccessAt: noon, FailureAt: now, Calls: 200,
			P50: 900 * time.Millisecond, P95: 990 * time.Millisecond, P99: 998 * time.Millisecond, ReportedAt: now,
		},
	}
	if !reflect.DeepEqual(store.last, want) {
		t.Errorf("got %+v, want %+v", store.last, want)
	}
	if len(code) != 64 || code[:4] != "____" {
		t.Errorf("got the code %q", code)
	}
}
