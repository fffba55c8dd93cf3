package session_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"renzheng/session"
)

func call(body string) session.Idempotency {
	return session.Idempotency{Principal: "acc_1", Route: "confirm", Key: "0123456789abcdef", Body: []byte(body)}
}

func TestService_Once(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	works := 0
	answer := func(status int) func(context.Context) (session.Answer, error) {
		return func(context.Context) (session.Answer, error) {
			works++
			return session.Answer{Status: status, Body: []byte(`{"n":1}`)}, nil
		}
	}
	for _, tt := range []struct {
		name     string
		body     string
		status   int
		works    int
		replayed bool
		want     error
	}{
		{"a 500 is not kept", "a", 500, 1, false, nil},
		{"a 429 is not kept", "a", 429, 2, false, nil},
		{"a 201 is kept", "a", 201, 3, false, nil},
		{"the repetition gets it", "a", 500, 3, true, nil},
		{"another body is refused", "b", 201, 3, false, session.ErrKeyReused},
	} {
		got, err := w.Once(t.Context(), call(tt.body), answer(tt.status))
		if !errors.Is(err, tt.want) || got.Replayed != tt.replayed || works != tt.works {
			t.Errorf("%s: got replayed %t after %d works, %v", tt.name, got.Replayed, works, err)
		}
		if got.Replayed && (got.Status != 201 || string(got.Body) != `{"n":1}`) {
			t.Errorf("%s: got %d %s", tt.name, got.Status, got.Body)
		}
	}
	w.pass(24*time.Hour + time.Second)
	if got, err := w.Once(t.Context(), call("b"), answer(201)); err != nil || got.Replayed || works != 4 {
		t.Errorf("after a day the key is new: got replayed %t, %v", got.Replayed, err)
	}
}

func TestService_Once_ErrorsAndPanics(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	broken := errors.New("broken")
	_, err := w.Once(t.Context(), call("a"), func(context.Context) (session.Answer, error) {
		return session.Answer{}, broken
	})
	if !errors.Is(err, broken) {
		t.Fatalf("got %v, want the work's own error", err)
	}
	func() {
		defer func() { _ = recover() }()
		_, _ = w.Once(t.Context(), call("a"), func(context.Context) (session.Answer, error) { panic("lost") })
	}()
	a, err := w.Once(t.Context(), call("a"), func(context.Context) (session.Answer, error) {
		return session.Answer{Status: 200}, nil
	})
	if err != nil || a.Replayed || a.Status != 200 {
		t.Errorf("got %d, replayed %t, %v; want the claim to be free", a.Status, a.Replayed, err)
	}
}

// A caller who leaves is the one who will repeat: the answer must be there.
func TestService_Once_CallerGone(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	ctx, leave := context.WithCancel(t.Context())
	if _, err := w.Once(ctx, call("a"), func(context.Context) (session.Answer, error) {
		leave()
		return session.Answer{Status: 201}, nil
	}); err != nil {
		t.Fatal(err)
	}
	a, err := w.Once(t.Context(), call("a"), func(context.Context) (session.Answer, error) {
		return session.Answer{Status: 500}, nil
	})
	if err != nil || !a.Replayed || a.Status != 201 {
		t.Errorf("got %d, replayed %t, %v", a.Status, a.Replayed, err)
	}
}

func TestService_Once_Parallel(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	var works, others atomic.Int32
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			got, err := w.Once(t.Context(), call("a"), func(context.Context) (session.Answer, error) {
				works.Add(1)
				return session.Answer{Status: 201}, nil
			})
			if got.Replayed || errors.Is(err, session.ErrStillRunning) {
				others.Add(1)
			} else if err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if works.Load() != 1 || others.Load() != 19 {
		t.Errorf("got %d works and %d others, want 1 and 19", works.Load(), others.Load())
	}
}
