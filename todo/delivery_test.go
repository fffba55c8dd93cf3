package todo_test

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"renzheng/todo"
)

// queue is an event store that hands out what it was given and notes how each ended.
type queue struct {
	todo.EventStore

	waiting []todo.Delivery
	ended   *sync.Map // event id → todo.DeliveryResult
	finish  error
}

func (q queue) ClaimDeliveries(context.Context, string, time.Time, time.Time, int) ([]todo.Delivery, error) {
	return q.waiting, nil
}

func (q queue) FinishDeliveries(_ context.Context, results []todo.DeliveryResult) (int, error) {
	for _, r := range results {
		q.ended.Store(r.EventID, r)
	}
	return len(results), q.finish
}

// deliverer answers every event alike and knows how many it had at once.
type deliverer struct {
	answer      error
	now, atOnce *atomic.Int64
	hold        chan struct{}
}

func (d deliverer) Deliver(ctx context.Context, _ todo.Event) error {
	n := d.now.Add(1)
	defer d.now.Add(-1)
	for most := d.atOnce.Load(); n > most && !d.atOnce.CompareAndSwap(most, n); most = d.atOnce.Load() {
		continue
	}
	select {
	case <-d.hold:
	case <-ctx.Done():
	}
	return d.answer
}

func deliver(t *testing.T, answer error, waiting ...todo.Delivery) (results *sync.Map, atOnce int64, err error) {
	t.Helper()
	q, d := queue{waiting: waiting, ended: &sync.Map{}}, deliverer{answer: answer, now: &atomic.Int64{}, atOnce: &atomic.Int64{}, hold: make(chan struct{})}
	close(d.hold)
	s := todo.New(todo.Deps{Events: q, Deliverer: d, Clock: noon, Rand: rand.Reader, Logger: slog.New(slog.DiscardHandler)})
	n, err := s.Deliver(t.Context(), "beijing")
	if n != len(waiting) {
		t.Errorf("got %d taken up, want %d", n, len(waiting))
	}
	return q.ended, d.atOnce.Load(), err
}

func result(t *testing.T, results *sync.Map, id string) todo.DeliveryResult {
	t.Helper()
	found, ok := results.Load(id)
	if !ok {
		t.Fatalf("%s did not end", id)
	}
	r, ok := found.(todo.DeliveryResult)
	if !ok {
		t.Fatalf("%s ended as something else", id)
	}
	return r
}

func TestDeliver_Acknowledged(t *testing.T) {
	t.Parallel()
	results, _, err := deliver(t, nil, todo.Delivery{Event: todo.Event{ID: "e"}, Lease: "l"})
	if r := result(t, results, "e"); err != nil || r.State != todo.DeliveryDelivered || r.Lease != "l" || r.Reason != "" {
		t.Errorf("got %s for %q (%v), want delivered", r.State, r.Reason, err)
	}
}

func TestDeliver_WaitsLongerEachTime(t *testing.T) {
	t.Parallel()
	var total time.Duration
	full := 5 * time.Second
	for attempts := range 14 {
		results, _, err := deliver(t, &todo.DeliveryError{Reason: "status 503"}, todo.Delivery{Event: todo.Event{ID: "e"}, Attempts: attempts})
		if err != nil {
			t.Fatal(err)
		}
		r := result(t, results, "e")
		pause := r.NextAt.Sub(r.Now)
		if r.State != todo.DeliveryPending || r.Reason != "status 503" || pause < full*4/5 || pause > full*6/5 {
			t.Errorf("after %d: got %s in %v, want pending in %v give or take a fifth", attempts, r.State, pause, full)
		}
		total += full
		full *= 2
	}
	if total < 20*time.Hour || total > 26*time.Hour {
		t.Errorf("got %v until it is dead, want about a day", total)
	}
	results, _, err := deliver(t, &todo.DeliveryError{Reason: "timeout"}, todo.Delivery{Event: todo.Event{ID: "e"}, Attempts: 14})
	if r := result(t, results, "e"); err != nil || r.State != todo.DeliveryDead {
		t.Errorf("after 14: got %s (%v), want dead", r.State, err)
	}
}

func TestDeliver_KeepsTextOfOthersOut(t *testing.T) {
	t.Parallel()
	results, _, err := deliver(t, errors.New("张三 is not welcome"), todo.Delivery{Event: todo.Event{ID: "e"}})
	if r := result(t, results, "e"); err != nil || strings.Contains(r.Reason, "张三") || r.Reason == "" {
		t.Errorf("got reason %q (%v), want a word of ours", r.Reason, err)
	}
}

func TestDeliver_IsBounded(t *testing.T) {
	t.Parallel()
	var waiting []todo.Delivery
	for i := range 32 {
		waiting = append(waiting, todo.Delivery{Event: todo.Event{ID: string(rune('A' + i))}})
	}
	results, atOnce, err := deliver(t, nil, waiting...)
	if err != nil || atOnce > 8 {
		t.Errorf("got %d at once (%v), want at most 8", atOnce, err)
	}
	for _, d := range waiting {
		result(t, results, d.Event.ID)
	}
}

func TestDeliver_EndOfProgramBeginsNothing(t *testing.T) {
	t.Parallel()
	ended := &sync.Map{}
	d := deliverer{answer: errors.New("canceled"), now: &atomic.Int64{}, atOnce: &atomic.Int64{}, hold: make(chan struct{})}
	s := todo.New(todo.Deps{
		Events: queue{waiting: []todo.Delivery{{Event: todo.Event{ID: "e"}}}, ended: ended}, Deliverer: d, Clock: noon, Rand: rand.Reader,
	})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Deliver(ctx, "beijing"); err != nil {
		t.Error(err)
	}
	if _, finished := ended.Load("e"); finished {
		t.Error("an attempt that had not begun was counted")
	}
}

// endsProgram is a deliverer under whom the program ends while the event is on its way.
type endsProgram struct{ end context.CancelFunc }

func (d endsProgram) Deliver(ctx context.Context, _ todo.Event) error {
	d.end()
	return ctx.Err() // an attempt that ended with the program would be lost for a minute
}

func TestDeliver_EndOfProgramLetsAnAttemptFinish(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	q := queue{waiting: []todo.Delivery{{Event: todo.Event{ID: "e"}}}, ended: &sync.Map{}}
	s := todo.New(todo.Deps{Events: q, Deliverer: endsProgram{cancel}, Clock: noon, Rand: rand.Reader})
	if _, err := s.Deliver(ctx, "beijing"); err != nil {
		t.Error(err)
	}
	if got := result(t, q.ended, "e").State; got != todo.DeliveryDelivered {
		t.Errorf("got %s, want %s", got, todo.DeliveryDelivered)
	}
}

func TestDeliver_TellsWhatIsNotRecorded(t *testing.T) {
	t.Parallel()
	q := queue{waiting: []todo.Delivery{{Event: todo.Event{ID: "e"}}}, ended: &sync.Map{}, finish: errors.New("the disk is full")}
	d := deliverer{now: &atomic.Int64{}, atOnce: &atomic.Int64{}, hold: make(chan struct{})}
	close(d.hold)
	if _, err := todo.New(todo.Deps{Events: q, Deliverer: d, Clock: noon, Rand: rand.Reader}).Deliver(t.Context(), "beijing"); err == nil {
		t.Error("got nothing, want the store's error")
	}
}

// panicker is a deliverer with a bug.
type panicker struct{}

func (panicker) Deliver(context.Context, todo.Event) error { panic("李样例") }

func TestDeliver_OutlivesAPanic(t *testing.T) {
	t.Parallel()
	q := queue{waiting: []todo.Delivery{{Event: todo.Event{ID: "evt_1"}}}, ended: &sync.Map{}}
	s := todo.New(todo.Deps{Events: q, Deliverer: panicker{}, Clock: noon, Rand: rand.Reader, Logger: slog.New(slog.DiscardHandler)})
	n, err := s.Deliver(t.Context(), "beijing")
	if n != 1 || err == nil || strings.Contains(err.Error(), "李样例") {
		t.Errorf("got %d, %v, want an error without what the panic said", n, err)
	}
}
