package resilience_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"renzheng/providers/resilience"
	"renzheng/verification"
	"renzheng/verification/failure"
)

func TestBreaker_WhatBeganBeforeSaysNothingOfProbes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		lasts := time.Minute
		provider := &clerk{}
		provider.does = func(context.Context) (failure.Code, error) {
			if own := lasts; own > 0 {
				time.Sleep(own)
				return "", context.DeadlineExceeded
			}
			return "", nil
		}
		guard, _ := newGuard(t, settings())
		check := checkCard(guard.BankCardChecker("bank", provider))
		for range 4 {
			go func() { _ = check() }() // ends long after the breaker was opened by others
		}
		synctest.Wait()
		lasts = time.Millisecond
		_ = repeat(4, check)
		wantRejected(t, check(), resilience.BreakerOpen, verification.ErrNothingDone)
		time.Sleep(settings().OpenFor)
		lasts = 0
		if err := check(); err != nil { // the first of two probes that are needed
			t.Fatal(err)
		}
		time.Sleep(51 * time.Second) // a second after the old ones have timed out
		synctest.Wait()
		if err := repeat(2, check); err != nil {
			t.Errorf("got %v, want an answer: old time-outs are no probes", err)
		}
	})
}

func TestBreaker_AProbeThatToldNothingGivesItsPlaceAway(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		answer := context.DeadlineExceeded
		provider := &clerk{does: func(context.Context) (failure.Code, error) { return "", answer }}
		guard, _ := newGuard(t, settings())
		check := checkCard(guard.BankCardChecker("bank", provider))
		_ = repeat(4, check)
		time.Sleep(settings().OpenFor)
		answer = verification.ErrNothingDone
		for range 10 {
			if err := check(); errors.As(err, new(*resilience.RejectedError)) {
				t.Fatalf("got %v, want further probes", err)
			}
		}
		answer = nil
		if err := repeat(5, check); err != nil {
			t.Errorf("got %v, want a closed breaker", err)
		}
	})
}

func TestBreaker_AProbeWithoutAPlaceIsNone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		letGo, holds := make(chan struct{}), false
		provider := &clerk{does: func(context.Context) (failure.Code, error) {
			if holds {
				<-letGo
				return "", nil
			}
			return "", context.DeadlineExceeded
		}}
		narrow := settings()
		narrow.Places, narrow.Wait = 1, 0
		guard, _ := newGuard(t, narrow)
		check := checkCard(guard.BankCardChecker("bank", provider))
		_ = repeat(4, check)
		time.Sleep(narrow.OpenFor)
		holds = true
		go func() { _ = check() }()
		synctest.Wait()
		for range 5 {
			wantRejected(t, check(), resilience.BulkheadFull, verification.ErrNothingDone)
		}
		close(letGo)
		synctest.Wait()
	})
}

func TestBreaker_ProbesAreFew(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		provider := slow(time.Second)
		guard, _ := newGuard(t, settings())
		check := checkCard(guard.BankCardChecker("bank", provider))
		_ = repeat(4, check)
		time.Sleep(settings().OpenFor)
		before := provider.calls.Load()
		for range 20 {
			go func() { _ = check() }()
		}
		synctest.Wait()
		if got := provider.calls.Load() - before; got != 3 {
			t.Errorf("got %d calls at a provider that is being probed, want 3", got)
		}
		time.Sleep(2 * time.Second)
	})
}
