package resilience

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/failsafe-go/failsafe-go/bulkhead"
	"github.com/failsafe-go/failsafe-go/circuitbreaker"

	"renzheng/tracing"
)

// The reasons of a rejection.
const (
	BreakerOpen  = "breaker_open"  // the provider does not work, and is left alone for a while
	BulkheadFull = "bulkhead_full" // so many calls are under way that this one would only wait
	CallerLeft   = "caller_left"   // while it waited for a place
)

// RejectedError is a call that was not made. It unwraps to
// verification.ErrNothingDone or session.ErrUnavailable, depending on the call.
type RejectedError struct {
	Provider string // name, as in the policy
	Call     string // e.g. "face_start"
	Reason   string // one of the reasons
	kind     error
}

// Error returns the fields.
func (e *RejectedError) Error() string {
	return fmt.Sprintf("%s %s: not called, %s", e.Provider, e.Call, e.Reason)
}

// Unwrap returns the kind.
func (e *RejectedError) Unwrap() error { return e.kind }

// circuit has the breaker and the bulkhead of one call of one provider. Safe for
// concurrent use.
type circuit struct {
	provider, call string
	kind           error // of a rejection
	settings       Settings
	breaker        *breaker
	places         bulkhead.Bulkhead[any]
	metrics        *metrics
	observer       Observer
}

// execute makes a call if the circuit allows it. judge returns what a result
// without an error says about the provider.
func execute[R any](ctx context.Context, g *circuit, call func(context.Context) (R, error), judge func(R) verdict) (result R, err error) {
	ctx, span := tracing.Start(ctx, "provider "+g.call)
	defer func() { span.End(err) }()
	span.Set(tracing.Provider, g.provider)
	t, err := g.acquire(ctx)
	if err != nil {
		span.Set(tracing.Outcome, "not_called")
		return result, err
	}
	v := failing // should the adapter panic
	timer := g.metrics.timed(g)
	defer func() {
		g.observe(timer.ObserveDuration(), v, err)
		g.release(t, v)
		span.Set(tracing.Outcome, v.String())
	}()
	result, err = call(ctx)
	if v = verdictOf(ctx, err); err == nil {
		v = judge(result)
	}
	return result, err
}

// acquire asks the breaker first, so that no call waits for a place while the
// breaker is open.
func (g *circuit) acquire(ctx context.Context) (permit, error) {
	t, ok := g.breaker.acquire()
	if !ok {
		return t, g.reject(BreakerOpen)
	}
	err := g.places.AcquirePermitWithMaxWait(ctx, g.settings.Wait)
	switch {
	case err == nil:
		return t, nil
	case errors.Is(err, bulkhead.ErrFull):
		err = g.reject(BulkheadFull)
	default:
		err = g.reject(CallerLeft)
	}
	g.breaker.release(t, silent)
	return t, err
}

func (g *circuit) release(t permit, v verdict) {
	g.places.ReleasePermit()
	g.breaker.release(t, v)
	g.metrics.called(g, v)
}

func (g *circuit) reject(reason string) error {
	g.metrics.rejected(g, reason)
	return &RejectedError{Provider: g.provider, Call: g.call, Reason: reason, kind: g.kind}
}

// observe tells the observer of a call, unless it told nothing about its provider.
func (g *circuit) observe(took time.Duration, v verdict, err error) {
	if v == silent {
		return
	}
	code := ""
	if v == failing {
		code = codeOf(err)
	}
	g.observer.Called(g.provider, g.call, took, code)
}

// codeOf returns the code of an adapter's error.
func codeOf(err error) string {
	coded, ok := errors.AsType[interface {
		error
		FailureCode() string
	}](err)
	if !ok || coded.FailureCode() == "" {
		return "unknown"
	}
	return coded.FailureCode()
}

func (g *circuit) onChange(s circuitbreaker.State) {
	g.metrics.stateChanged(g, s)
	g.observer.Changed(g.provider, g.call, s.String())
}
