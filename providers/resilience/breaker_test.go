package resilience_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"renzheng/identity"
	"renzheng/providers/resilience"
	"renzheng/session"
	"renzheng/verification"
	"renzheng/verification/failure"
)

func checkCard(c verification.BankCardChecker) func() error {
	return func() error {
		_, err := c.CheckBankCard(context.Background(), verification.BankCardQuery{})
		return err
	}
}

func TestBreaker_OpensProbesAndRecovers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		broken := true
		provider := &clerk{does: func(context.Context) (failure.Code, error) {
			if broken {
				return "", context.DeadlineExceeded
			}
			return "", nil
		}}
		guard, _ := newGuard(t, settings())
		check := checkCard(guard.BankCardChecker("bank", provider))

		if err := repeat(4, check); !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("got %v while the breaker is closed, want the provider's own error", err)
		}
		wantRejected(t, check(), resilience.BreakerOpen, verification.ErrNothingDone)
		if got := provider.calls.Load(); got != 4 {
			t.Errorf("got %d calls at the provider, want none of an open breaker", got)
		}

		time.Sleep(settings().OpenFor)
		if err := repeat(2, check); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v from a probe, want the provider's own error", err)
		}
		wantRejected(t, check(), resilience.BreakerOpen, verification.ErrNothingDone)

		time.Sleep(settings().OpenFor)
		broken = false
		if err := repeat(10, check); err != nil {
			t.Errorf("got %v from a provider that works again, want its answer", err)
		}
	})
}

func TestBreaker_WhatCounts(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		failure failure.Code
		err     error
		opens   bool
	}{
		"a pass":                             {},
		"a decision against the person":      {failure: failure.CardDiffers},
		"a card that cannot be used":         {failure: failure.CardUnusable},
		"a provider that says it is busy":    {failure: failure.ProviderBusy, opens: true},
		"a time-out":                         {err: context.DeadlineExceeded, opens: true},
		"an error that nobody has seen":      {err: errors.New("new"), opens: true},
		"an error that speaks of illness":    {err: reporting{ok: true}, opens: true},
		"illness of which nothing came":      {err: errors.Join(reporting{ok: true}, verification.ErrNothingDone), opens: true},
		"a refusal by a provider that works": {err: errors.Join(reporting{healthy: true, ok: true}, verification.ErrNothingDone)},
		"a call that was not sent":           {err: errors.Join(reporting{}, verification.ErrNothingDone)},
		"nothing done, without more":         {err: verification.ErrNothingDone},
		"a caller who left":                  {err: context.Canceled},
		"a caller who left, said as illness": {err: errors.Join(reporting{}, context.Canceled)},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			guard, _ := newGuard(t, settings())
			err := repeat(20, checkCard(guard.BankCardChecker("bank", answering(c.failure, c.err))))
			if got := errors.As(err, new(*resilience.RejectedError)); got != c.opens {
				t.Errorf("got %v after twenty calls, want an open breaker: %t", err, c.opens)
			}
		})
	}
}

func TestBreaker_CodesThatAreInvalidAreNoIllness(t *testing.T) {
	t.Parallel()
	guard, _ := newGuard(t, settings())
	door := &doorman{err: session.ErrCodeInvalid}
	login := guard.Authorizer("alipay", door)
	for range 20 {
		if _, err := login.Authorize(t.Context(), "code"); !errors.Is(err, session.ErrCodeInvalid) {
			t.Fatalf("got %v, want the adapter's own error", err)
		}
	}
	door.err = session.ErrUnavailable
	for range 40 {
		_, _ = login.Authorize(t.Context(), "code")
	}
	_, err := login.Authorize(t.Context(), "code")
	wantRejected(t, err, resilience.BreakerOpen, session.ErrUnavailable)
	_, err = guard.Prefiller("alipay", door).Prefill(t.Context(), "code")
	if !errors.Is(err, session.ErrUnavailable) || errors.As(err, new(*resilience.RejectedError)) {
		t.Errorf("got %v from the prefill, want the adapter's own error: its breaker is another", err)
	}
}

// doorman is a channel that always returns the same error.
type doorman struct{ err error }

func (d *doorman) Authorize(context.Context, string) (identity.ChannelUser, error) {
	return identity.ChannelUser{}, d.err
}

func (d *doorman) Prefill(context.Context, string) (session.Prefilled, error) {
	return session.Prefilled{}, d.err
}

// slow is a provider that never answers one person, by the adapter's time-out.
func slow(lasts time.Duration) *clerk {
	return &clerk{does: func(context.Context) (failure.Code, error) {
		time.Sleep(lasts)
		return "", context.DeadlineExceeded
	}}
}

func TestBreaker_OneSlowPersonIsNoDeadProvider(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		usual := settings()
		usual.Calls, usual.Window = 10, 15*time.Second
		guard, _ := newGuard(t, usual)
		check := checkCard(guard.BankCardChecker("bank", slow(8*time.Second)))
		for range 30 { // as fast as one person can, for four minutes
			if err := check(); !errors.Is(err, context.DeadlineExceeded) {
				t.Fatalf("got %v, want a time-out: nothing else speaks against the provider", err)
			}
		}
		for range 5 { // five persons more, and it is the provider
			go func() { _ = repeat(4, check) }()
		}
		time.Sleep(20 * time.Second)
		wantRejected(t, check(), resilience.BreakerOpen, verification.ErrNothingDone)
		time.Sleep(time.Minute) // until the last of them has gone
	})
}

func TestBreaker_ACallerWhoLeftSaysNothing(t *testing.T) {
	t.Parallel()
	guard, _ := newGuard(t, settings())
	leave := func() {}
	cards := guard.BankCardChecker("bank", &clerk{does: func(context.Context) (failure.Code, error) {
		leave()
		return "", reporting{ok: true}
	}})
	gone := func() error {
		ctx, cancel := context.WithCancel(t.Context())
		leave = cancel
		_, err := cards.CheckBankCard(ctx, verification.BankCardQuery{})
		return err
	}
	if err := repeat(20, gone); errors.As(err, new(*resilience.RejectedError)) {
		t.Errorf("got %v, want the adapter's own error", err)
	}
	if err := repeat(20, checkCard(cards)); !errors.As(err, new(*resilience.RejectedError)) {
		t.Errorf("got %v from callers who stayed, want an open breaker", err)
	}
}
