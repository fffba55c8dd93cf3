package storetest_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"renzheng/keyring"
	"renzheng/operations"
	"renzheng/sql/storetest"
	"renzheng/todo"
)

// A report is settled once, whoever is faster, and never by its own person (R52).
func TestReport_IsSettledOnceByAnother(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			d := f.document(t, "张三")
			at := f.open(t, d)[0]
			v := f.signIn(t, d)
			shown := must[todo.Todo](t)(f.rules[0].Detail(t.Context(), v, at.ID))
			answer := must[todo.AnswerResult](t)(f.rules[0].DeclineTodo(t.Context(), v, todo.DeclineRequest{
				TodoID: shown.ID, Revision: shown.Revision, ContentDigest: shown.ContentDigest, Reason: todo.NotMine,
			}))
			open := must[[]todo.Report](t)(f.replicas[1].Reports(t.Context(), todo.ReportOpen, 10))
			if len(open) != 1 || open[0].ConfirmationID != answer.ID || open[0].CaseID != at.CaseID {
				t.Fatalf("got %v, want the report of %s", open, answer.ID)
			}
			settle := todo.ReportSettlement{ConfirmationID: answer.ID, Outcome: todo.Impersonated, By: "stf_one", At: f.now()}
			settle.Own = openRing(t, f.keys).Hash(keyring.ForSubject, string(d.Type), d.Number.Reveal())
			wantError(t, todo.SettleReport(t.Context(), f.replicas[0], settle), todo.ErrReportOwn)
			settle.Own, settle.Outcome = nil, "made_up"
			wantError(t, todo.SettleReport(t.Context(), f.replicas[0], settle), todo.ErrReportOutcome)
			settle.Outcome = todo.Impersonated
			var settled atomic.Int32
			var both sync.WaitGroup
			for _, replica := range f.replicas {
				both.Go(func() {
					if todo.SettleReport(t.Context(), replica, settle) == nil {
						settled.Add(1)
					}
				})
			}
			both.Wait()
			wantError(t, todo.SettleReport(t.Context(), f.replicas[0], settle), todo.ErrConflict)
			if left := must[[]todo.Report](t)(f.replicas[0].Reports(t.Context(), todo.ReportOpen, 10)); settled.Load() != 1 || len(left) != 0 {
				t.Errorf("settled %d times, %d left open", settled.Load(), len(left))
			}
		})
	}
}

func TestUndelivered_AreThoseThatFailed(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			r := f.race(t)
			if err := r.decline(t.Context()); err != nil {
				t.Fatal(err)
			}
			must[int](t)(f.rules[0].Sequence(t.Context()))
			if got := must[[]operations.Delivery](t)(f.replicas[0].Undelivered(t.Context(), 10)); len(got) != 0 {
				t.Errorf("got %v, want nothing that is on its way", got)
			}
			wantError(t, f.replicas[0].DeliverAgain(t.Context(), "evt_unknown", f.now().Add(time.Second)), operations.ErrNotFound)
		})
	}
}
