package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"renzheng/sql/store"
	"renzheng/tracing"
)

// worker calls one rule repeatedly. A rule that must not run concurrently has a
// lease, which only one replica holds.
type worker struct {
	name  string
	every time.Duration // pause after a round that found nothing to do
	rest  time.Duration // pause after a round that did something; new work is collected into one transaction, and requests go first
	lease *lease
	work  func(ctx context.Context) (int, error)
	count *prometheus.CounterVec // of rounds by worker and result; nil = not counted
}

// workers returns everything that runs without a request, except deliveries, whose
// workers come and go with the registries.
func (a *app) workers(db *store.Store) []worker {
	holder := rand.Text()
	alone := func(name string) *lease { return &lease{store: db, name: name, holder: holder} }
	all := []worker{
		{name: "reconcile", every: 2 * time.Second, work: a.verifications.Reconcile},
		{name: "rules", every: time.Second, work: a.rules.Refresh},
		{name: "simulate", every: 2 * time.Second, work: a.simulations.Run},
		{name: "expire_verifications", every: 10 * time.Second, lease: alone("expire_verifications"), work: a.verifications.Expire},
		{name: "expire_todos", every: 10 * time.Second, lease: alone("expire_todos"), work: a.todos.Expire},
		{name: "sequence", every: 200 * time.Millisecond, rest: 100 * time.Millisecond, lease: alone("sequence"), work: a.todos.Sequence},
		{name: "announce_portraits", every: time.Minute, lease: alone("announce_portraits"), work: a.todos.AnnouncePortraits},
		{name: "remind", every: time.Minute, lease: alone("remind"), work: a.todos.Remind},
		{name: "notification", every: 2 * time.Second, rest: 200 * time.Millisecond, work: a.todos.SendNotifications},
		{name: "erase", every: 2 * time.Second, lease: alone("erase"), work: a.rights.ExecuteErasures},
		{name: "forget_unoffered", every: time.Minute, lease: alone("forget_unoffered"), work: a.verifications.ForgetUnoffered},
		{name: "close_missed", every: 10 * time.Second, lease: alone("close_missed"), work: a.appointments.CloseMissed},
		{name: "report", every: reportPause, rest: reportPause, work: func(ctx context.Context) (int, error) { return a.report(ctx, db) }},
		{name: "purge", every: time.Minute, rest: 20 * time.Millisecond, lease: alone("purge"), work: a.retention.Purge},
	}
	for i := range all {
		all[i].count = a.rounds
	}
	return all
}

// afterFailure is the pause after a failed round. It keeps the load on a broken
// database and the log small.
const afterFailure = 2 * time.Second

// run calls the rule until ctx ends or the database is fenced. A failure is logged and tried again. A panic
// ends its round only, because one row that cannot be handled must not end the
// server.
func (w worker) run(ctx context.Context, logger *slog.Logger) error {
	for {
		done, err := w.round(ctx)
		w.counted(done, err)
		if errors.Is(err, store.ErrFenced) {
			return nil // watchEpoch has said so; the lease is of another epoch
		}
		if err != nil && ctx.Err() == nil {
			logger.ErrorContext(ctx, "worker round", "worker", w.name, "error", err)
		}
		pause := w.every
		switch {
		case err != nil:
			pause = max(pause, afterFailure)
		case done > 0:
			pause = w.rest
		}
		select {
		case <-ctx.Done():
			return w.lease.giveBack(ctx)
		case <-time.After(pause):
		}
	}
}

// counted counts a round. One that found nothing to do, or whose lease another replica holds, is idle.
func (w worker) counted(done int, err error) {
	if w.count == nil {
		return
	}
	result := "idle"
	switch {
	case err != nil:
		result = "failed"
	case done > 0:
		result = "worked"
	}
	w.count.WithLabelValues(w.name, result).Inc()
}

// round calls the rule once if this replica holds the lease.
func (w worker) round(ctx context.Context) (done int, err error) {
	defer func() {
		if value := recover(); value != nil {
			err = panicError{kind: fmt.Sprintf("%T", value), frames: frames()}
		}
	}()
	held, err := w.lease.hold(ctx)
	if err != nil || !held {
		return 0, err
	}
	began := time.Now()
	done, err = w.work(ctx)
	if done > 0 || err != nil {
		w.trace(ctx, began, done, err)
	}
	return done, err
}

// trace makes a span of a round that did something. What it took up one by one has traces of its own.
func (w worker) trace(ctx context.Context, began time.Time, done int, err error) {
	_, span := tracing.StartItemAt(ctx, "worker "+w.name, began)
	span.SetInt(tracing.Count, done)
	if err != nil {
		span.Fail()
	}
	span.End(err)
}

// panicError describes a panic without its value, which may be personal data (R32).
type panicError struct {
	kind   string
	frames []string
}

// Error returns the type of the value and where the panic happened.
func (e panicError) Error() string {
	return "panic of " + e.kind + " at " + strings.Join(e.frames, " < ")
}

// frames returns the functions and lines on the stack, from the panic outwards.
func frames() []string {
	const ownFrames, most = 4, 16 // Callers, frames, the deferred function and the runtime's own
	callers := make([]uintptr, most)
	walk := runtime.CallersFrames(callers[:runtime.Callers(ownFrames, callers)])
	var names []string
	for {
		frame, more := walk.Next()
		names = append(names, frame.Function+":"+strconv.Itoa(frame.Line))
		if !more {
			return names
		}
	}
}
