package storetest_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/sql/storetest"
	"renzheng/todo"
)

func TestEvent_FeedHasNoGaps(t *testing.T) {
	t.Parallel()
	const writers, each = 4, 10
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			d := f.document(t, "张三")
			done := make(chan struct{})
			var writing, sequencing sync.WaitGroup
			for w := range writers {
				writing.Go(func() { f.supersedeOften(t, w, each, d) })
			}
			for _, rules := range f.rules { // both at once, as if the lease had been lost
				sequencing.Go(func() { sequenceUntil(t, rules, done) })
			}
			writing.Wait()
			close(done)
			sequencing.Wait()
			for _, registry := range []string{"sd", "gd"} {
				events := must[[]todo.Event](t)(f.rules[0].ListFeed(t.Context(), registry, 0, todo.MaxFeed))
				if len(events) != writers/2*each {
					t.Errorf("%s: got %d events, want %d", registry, len(events), writers/2*each)
				}
				for i, e := range events {
					if e.Position != int64(i+1) || e.RegistryID != registry {
						t.Errorf("%s: got position %d of %s, want %d", registry, e.Position, e.RegistryID, i+1)
					}
				}
			}
			rest := must[[]todo.Event](t)(f.rules[0].ListFeed(t.Context(), "sd", 15, 0))
			if len(rest) != 5 || rest[0].Position != 16 {
				t.Errorf("after 15: got %d events, want the last five", len(rest))
			}
		})
	}
}

// supersedeOften pushes revisions of one case, each of which supersedes the todo of the one before.
func (f *todoFixture) supersedeOften(t *testing.T, writer, times int, d identity.Document) {
	t.Helper()
	for revision := range times + 1 {
		p := push(fmt.Sprintf("c%d", writer), int64(revision+1), d)
		p.RegistryID = []string{"sd", "gd"}[writer%2]
		p.Items[0].Value = fmt.Sprintf("第%d版", revision)
		if _, err := f.rules[writer%2].Push(t.Context(), p); err != nil {
			t.Error(err)
		}
	}
}

// sequenceUntil sequences again and again, and once more when done is closed.
func sequenceUntil(t *testing.T, rules *todo.Service, done <-chan struct{}) {
	t.Helper()
	for ended := false; !ended; {
		select {
		case <-done:
			ended = true
		default:
		}
		if _, err := rules.Sequence(t.Context()); err != nil {
			t.Error(err)
		}
	}
}

func TestEvent_WorkersShare(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			const cases = 60
			f.expireMany(t, cases)
			var workers sync.WaitGroup
			for i := range 4 {
				workers.Go(func() {
					for claimed := 1; claimed > 0; {
						var err error
						if claimed, err = f.rules[i%2].Deliver(t.Context(), "sd"); err != nil {
							t.Error(err)
						}
					}
				})
			}
			workers.Wait()
			slices.Sort(f.posted)
			if n := len(slices.Compact(slices.Clone(f.posted))); n != cases || len(f.posted) != cases {
				t.Errorf("got %d deliveries of %d events, want %d of each", len(f.posted), n, cases)
			}
		})
	}
}

// expireMany leaves so many sequenced events, each of a case of its own, next to those of todos that were open before.
func (f *todoFixture) expireMany(t *testing.T, cases int) {
	t.Helper()
	d := f.document(t, "张三")
	for range cases {
		f.open(t, d)
	}
	f.later.Add(int64(todo.Window))
	if n := must[int](t)(f.rules[0].Expire(t.Context())); n < cases {
		t.Fatalf("got %d expired, want %d", n, cases)
	}
	if n := must[int](t)(f.rules[1].Expire(t.Context())); n != 0 {
		t.Fatalf("got %d expired again, want none", n)
	}
	must[int](t)(f.rules[0].Sequence(t.Context()))
}

func TestEvent_DeadLetterHoldsBackItsCase(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			d := f.document(t, "张三")
			for revision := range 3 {
				p := push("held", int64(revision+1), d)
				p.Items[0].Value = fmt.Sprintf("第%d版", revision)
				must[todo.PushResult](t)(f.rules[0].Push(t.Context(), p))
				f.later.Add(int64(time.Second))
			}
			f.expireMany(t, 2)
			held := must[[]todo.Event](t)(f.rules[0].ListFeed(t.Context(), "sd", 0, 0))[:2]
			f.broken = held[0].ID
			tries, others := 0, 0
			for range 40 {
				n := must[int](t)(f.rules[0].Deliver(t.Context(), "sd"))
				if n > 0 && others == 0 {
					others = n - 1
				} else {
					tries += n
				}
				f.later.Add(int64(24 * time.Hour))
			}
			if others != 2 || tries != 14 {
				t.Errorf("got %d other cases and %d more tries, want 2 and 14", others, tries)
			}
			if err := f.rules[0].Redeliver(t.Context(), "gd", held[0].ID); !errors.Is(err, todo.ErrNotFound) {
				t.Errorf("another registry: got %v, want not found", err)
			}
			if err := f.rules[0].Redeliver(t.Context(), "sd", held[0].ID); err != nil {
				t.Fatal(err)
			}
			f.broken, f.posted = "", nil
			for must[int](t)(f.rules[0].Deliver(t.Context(), "sd")) > 0 {
				f.later.Add(int64(time.Second))
			}
			if len(f.posted) != 3 || f.posted[0] != held[0].ID || f.posted[1] != held[1].ID {
				t.Errorf("got %v, want the dead letter and then the rest of its case", f.posted)
			}
		})
	}
}

func TestEvent_LostLeaseDoesNotFinish(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			f.expireMany(t, 1)
			now := f.now()
			slow := must[[]todo.Delivery](t)(f.replicas[0].ClaimDeliveries(t.Context(), "sd", now, now.Add(time.Minute), 10))
			if none := must[[]todo.Delivery](t)(f.replicas[1].ClaimDeliveries(t.Context(), "sd", now, now.Add(time.Minute), 10)); len(none) != 0 {
				t.Fatalf("got %d while leased, want none", len(none))
			}
			later := now.Add(time.Minute)
			taken := must[[]todo.Delivery](t)(f.replicas[1].ClaimDeliveries(t.Context(), "sd", later, later.Add(time.Minute), 10))
			if len(slow) != 1 || len(taken) != 1 || taken[0].Attempts != 1 {
				t.Fatalf("got %d and %d, want one each, the second after one attempt", len(slow), len(taken))
			}
			result := todo.DeliveryResult{EventID: slow[0].Event.ID, Lease: slow[0].Lease, State: todo.DeliveryDelivered, NextAt: later, Now: later}
			if n, err := f.replicas[0].FinishDeliveries(t.Context(), []todo.DeliveryResult{result}); n != 0 || err != nil {
				t.Errorf("got %d finished (%v), want none", n, err)
			}
			held := result
			held.Lease = taken[0].Lease
			if n, err := f.replicas[1].FinishDeliveries(t.Context(), []todo.DeliveryResult{result, held}); n != 1 || err != nil {
				t.Errorf("got %d finished (%v), want the one whose lease is held", n, err)
			}
		})
	}
}

func TestEvent_AnotherRegistrysWorkerLeavesThemAlone(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			f.expireMany(t, 1)
			if n := must[int](t)(f.rules[0].Deliver(t.Context(), "gd")); n != 0 {
				t.Errorf("got %d deliveries by another registry's worker, want none", n)
			}
			if n := must[int](t)(f.rules[0].Deliver(t.Context(), "sd")); n != 1 {
				t.Errorf("got %d deliveries by its own worker, want 1", n)
			}
		})
	}
}

func TestEvent_UnsequencedIsNotDelivered(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			f.open(t, f.document(t, "张三"))
			f.later.Add(int64(todo.Window))
			must[int](t)(f.rules[0].Expire(t.Context()))
			if n := must[int](t)(f.rules[0].Deliver(t.Context(), "sd")); n != 0 {
				t.Errorf("got %d deliveries, want none", n)
			}
			if events := must[[]todo.Event](t)(f.rules[0].ListFeed(t.Context(), "sd", 0, 0)); len(events) != 0 {
				t.Errorf("got %d events, want none", len(events))
			}
		})
	}
}
