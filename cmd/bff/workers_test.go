package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"renzheng/sql/storetest"
)

// Of two replicas one works, without writing its lease each time, and the other
// takes over when the first gives the lease back.
func TestLease_OneReplicaAtATime(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	replica := func(holder string) *lease { return &lease{store: db, name: "work", holder: holder} }
	first, second := replica("first"), replica("second")
	holds := func(l *lease, want bool) {
		t.Helper()
		if held, err := l.hold(t.Context()); err != nil || held != want {
			t.Fatalf("got %t, %v for a replica, want %t", held, err, want)
		}
	}
	holds(first, true)
	until := first.until
	holds(first, true)
	if !first.until.Equal(until) {
		t.Error("the lease was renewed at once")
	}
	holds(second, false)
	if err := second.giveBack(t.Context()); err != nil {
		t.Fatal(err)
	}
	holds(replica("third"), false) // who does not hold it cannot give it back
	first.until = time.Now().Add(leaseLife / 3)
	holds(first, true)
	if !first.until.After(until.Add(-time.Second)) {
		t.Error("the lease was not renewed in its second half")
	}
	if err := first.giveBack(t.Context()); err != nil {
		t.Fatal(err)
	}
	holds(replica("fourth"), true)
	holds(nil, true)
}

// A worker goes on without a pause while there is work, and outlives failures.
func TestWorker_Run(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		work   func() (int, error)
		logged string
	}{
		{name: "work", work: func() (int, error) { return 1, nil }},
		{name: "a failure", work: func() (int, error) { return 0, errors.New("broken") }, logged: "broken"},
		{name: "a panic", work: func() (int, error) { panic(sentinel) }, logged: "panic of string at renzheng/cmd/bff.TestWorker_Run"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			ctx, stop := context.WithCancel(t.Context())
			var lines bytes.Buffer
			rounds := 0
			w := worker{name: "work", every: time.Nanosecond, work: func(context.Context) (int, error) {
				if rounds++; rounds >= 2 {
					stop()
					return 0, nil
				}
				return tt.work()
			}}
			if err := w.run(ctx, slog.New(slog.NewTextHandler(&lines, nil))); err != nil || rounds < 2 {
				t.Errorf("got %v after %d rounds, want none after 2 at least", err, rounds)
			}
			if got := lines.String(); !strings.Contains(got, tt.logged) || strings.Contains(got, sentinel) || (tt.logged == "") != (got == "") {
				t.Errorf("got the log %q, want %q in it", got, tt.logged)
			}
		})
	}
}
