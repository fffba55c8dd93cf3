package storetest_test

import (
	"slices"
	"testing"
	"time"

	"renzheng/sql/store"
	"renzheng/sql/storetest"
	"renzheng/todo"
)

func TestBacklog_CountsWhatWaits(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			newTodoFixture(t, engine).countsWhatWaits(t)
		})
	}
}

func (f *todoFixture) countsWhatWaits(t *testing.T) {
	t.Helper()
	v, r := f.ready(t, f.document(t, "张三"))
	must[todo.AnswerResult](t)(f.rules[0].ConfirmTodo(t.Context(), v, r))
	before := f.backlog(t, "sd")
	if got := before.length("sequence"); got != 1 {
		t.Errorf("got %d events without a position, want 1", got)
	}
	d := slices.IndexFunc(before.Deliveries, func(d store.DeliveryBacklog) bool { return d.State == "pending" })
	if len(before.Deliveries) != 1 || d != 0 || before.Deliveries[0].Events != 1 || before.Deliveries[0].RegistryID != "sd" {
		t.Fatalf("got %+v, want one pending event of sd", before.Deliveries)
	}
	if oldest := time.UnixMilli(before.Deliveries[0].Oldest); f.now().Sub(oldest).Abs() > time.Minute {
		t.Errorf("the oldest event is of %s, want about %s", oldest, f.now())
	}
	if other := f.backlog(t, "gd"); len(other.Deliveries) != 0 {
		t.Errorf("got %+v for a registry without events", other.Deliveries)
	}
	if before.FacePersons != 1 {
		t.Errorf("got the faces of %d persons, want 1", before.FacePersons)
	}
	must[int](t)(f.rules[0].Sequence(t.Context()))
	must[int](t)(f.rules[0].Deliver(t.Context(), "sd"))
	after := f.backlog(t, "sd")
	if after.length("sequence") != 0 || len(after.Deliveries) != 0 {
		t.Errorf("got %+v after the work, want nothing", after)
	}
}

// backlog is a store.Backlog with a look-up.
type backlog struct{ store.Backlog }

func (f *todoFixture) backlog(t *testing.T, registries ...string) backlog {
	t.Helper()
	return backlog{must[store.Backlog](t)(f.replicas[0].Backlog(t.Context(), registries, f.now()))}
}

func (b backlog) length(worker string) int {
	for _, q := range b.Queues {
		if q.Worker == worker {
			return q.Length
		}
	}
	return -1
}
