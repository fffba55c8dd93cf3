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
			o := newOffice(t, engine)
			d := o.document(t, "张三")
			done := make(chan struct{})
			var writing, sequencing sync.WaitGroup
			for w := range writers {
				writing.Go(func() { o.supersedeOften(t, w, each, d) })
			}
			for _, rules := range o.rules { // both at once, as if the lease had been lost
				sequencing.Go(func() { sequenceUntil(t, rules, done) })
			}
			writing.Wait()
			close(done)
			sequencing.Wait()
			for _, registry := range []string{"sd", "gd"} {
				events := must[[]todo.Event](t)(o.rules[0].ListFeed(t.Context(), registry, 0, todo.MaxFeed))
				if len(events) != writers/2*each {
					t.Errorf("%s: got %d events, want %d", registry, len(events), writers/2*each)
				}
				for i, e := range events {
					if e.Position != int64(i+1) || e.RegistryID != registry {
						t.Errorf("%s: got position %d of %s, want %d", registry, e.Position, e.RegistryID, i+1)
					}
				}
			}
			rest := must[[]todo.Event](t)(o.rules[0].ListFeed(t.Context(), "sd", 15, 0))
			if len(rest) != 5 || rest[0].Position != 16 {
				t.Errorf("after 15: got %d events, want the last five", len(rest))
			}
		})
	}
}

// supersedeOften pushes revisions of one case, each of which supersedes the todo of the one before.
func (o *office) supersedeOften(t *testing.T, writer, times int, d identity.Document) {
	t.Helper()
	for revision := range times + 1 {
		p := push(fmt.Sprintf("c%d", writer), int64(revision+1), d)
		p.RegistryID = []string{"sd", "gd"}[writer%2]
		p.Items[0].Value = fmt.Sprintf("第%d版", revision)
		if _, err := o.rules[writer%2].Push(t.Context(), p); err != nil {
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
			o := newOffice(t, engine)
			const cases = 60
			o.expireMany(t, cases)
			var workers sync.WaitGroup
			for i := range 4 {
				workers.Go(func() {
					for claimed := 1; claimed > 0; {
						var err error
						if claimed, err = o.rules[i%2].Deliver(t.Context(), "sd"); err != nil {
							t.Error(err)
						}
					}
				})
			}
			workers.Wait()
			slices.Sort(o.posted)
			if n := len(slices.Compact(slices.Clone(o.posted))); n != cases || len(o.posted) != cases {
				t.Errorf("got %d deliveries of %d events, want %d of each", len(o.posted), n, cases)
			}
		})
	}
}

// expireMany leaves so many sequenced events, each of a case of its own, next to those of todos that were open before.
func (o *office) expireMany(t *testing.T, cases int) {
	t.Helper()
	d := o.document(t, "张三")
	for range cases {
		o.open(t, d)
	}
	o.later.Add(int64(todo.Window))
	if n := must[int](t)(o.rules[0].Expire(t.Context())); n < cases {
		t.Fatalf("got %d expired, want %d", n, cases)
	}
	if n := must[int](t)(o.rules[1].Expire(t.Context())); n != 0 {
		t.Fatalf("got %d expired again, want none", n)
	}
	must[int](t)(o.rules[0].Sequence(t.Context()))
}

func TestEvent_DeadLetterHoldsBackItsCase(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, engine)
			d := o.document(t, "张三")
			for revision := range 3 {
				p := push("held", int64(revision+1), d)
				p.Items[0].Value = fmt.Sprintf("第%d版", revision)
				must[todo.PushResult](t)(o.rules[0].Push(t.Context(), p))
				o.later.Add(int64(time.Second))
			}
			o.expireMany(t, 2)
			held := must[[]todo.Event](t)(o.rules[0].ListFeed(t.Context(), "sd", 0, 0))[:2]
			o.broken = held[0].ID
			tries, others := 0, 0
			for range 40 {
				n := must[int](t)(o.rules[0].Deliver(t.Context(), "sd"))
				if n > 0 && others == 0 {
					others = n - 1
				} else {
					tries += n
				}
				o.later.Add(int64(24 * time.Hour))
			}
			if others != 2 || tries != 14 {
				t.Errorf("got %d other cases and %d more tries, want 2 and 14", others, tries)
			}
			if err := o.rules[0].Redeliver(t.Context(), "gd", held[0].ID); !errors.Is(err, todo.ErrNotFound) {
				t.Errorf("another registry: got %v, want not found", err)
			}
			if err := o.rules[0].Redeliver(t.Context(), "sd", held[0].ID); err != nil {
				t.Fatal(err)
			}
			o.broken, o.posted = "", nil
			for must[int](t)(o.rules[0].Deliver(t.Context(), "sd")) > 0 {
				o.later.Add(int64(time.Second))
			}
			if len(o.posted) != 3 || o.posted[0] != held[0].ID || o.posted[1] != held[1].ID {
				t.Errorf("got %v, want the dead letter and then the rest of its case", o.posted)
			}
		})
	}
}

func TestEvent_LostLeaseDoesNotFinish(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, engine)
			o.expireMany(t, 1)
			now := o.now()
			slow := must[[]todo.Delivery](t)(o.replicas[0].ClaimDeliveries(t.Context(), "sd", now, now.Add(time.Minute), 10))
			if none := must[[]todo.Delivery](t)(o.replicas[1].ClaimDeliveries(t.Context(), "sd", now, now.Add(time.Minute), 10)); len(none) != 0 {
				t.Fatalf("got %d while leased, want none", len(none))
			}
			later := now.Add(time.Minute)
			taken := must[[]todo.Delivery](t)(o.replicas[1].ClaimDeliveries(t.Context(), "sd", later, later.Add(time.Minute), 10))
			if len(slow) != 1 || len(taken) != 1 || taken[0].Attempts != 1 {
				t.Fatalf("got %d and %d, want one each, the second after one attempt", len(slow), len(taken))
			}
			result := todo.DeliveryResult{EventID: slow[0].Event.ID, Lease: slow[0].Lease, State: todo.DeliveryDelivered, NextAt: later, Now: later}
			if n, err := o.replicas[0].FinishDeliveries(t.Context(), []todo.DeliveryResult{result}); n != 0 || err != nil {
				t.Errorf("got %d finished (%v), want none", n, err)
			}
			held := result
			held.Lease = taken[0].Lease
			if n, err := o.replicas[1].FinishDeliveries(t.Context(), []todo.DeliveryResult{result, held}); n != 1 || err != nil {
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
			o := newOffice(t, engine)
			o.expireMany(t, 1)
			if n := must[int](t)(o.rules[0].Deliver(t.Context(), "gd")); n != 0 {
				t.Errorf("got %d deliveries by another registry's worker, want none", n)
			}
			if n := must[int](t)(o.rules[0].Deliver(t.Context(), "sd")); n != 1 {
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
			o := newOffice(t, engine)
			o.open(t, o.document(t, "张三"))
			o.later.Add(int64(todo.Window))
			must[int](t)(o.rules[0].Expire(t.Context()))
			if n := must[int](t)(o.rules[0].Deliver(t.Context(), "sd")); n != 0 {
				t.Errorf("got %d deliveries, want none", n)
			}
			if events := must[[]todo.Event](t)(o.rules[0].ListFeed(t.Context(), "sd", 0, 0)); len(events) != 0 {
				t.Errorf("got %d events, want none", len(events))
			}
		})
	}
}
