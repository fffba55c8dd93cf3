package resilience

import (
	"context"
	"errors"

	"renzheng/session"
	"renzheng/verification"
	"renzheng/verification/failure"
)

// Health is implemented by errors that report whether their provider works. It is
// found with errors.As, so adapters do not import this package.
//
// Health returns ok = false if the call says nothing about the provider: it was
// not sent because the provider cannot answer it, or the caller left. Otherwise
// healthy reports whether the provider works. A provider that rejects a request
// works. One that does not answer in time, breaks the connection, sends an
// unreadable answer or says that it is busy does not.
type Health interface {
	Health() (healthy, ok bool)
}

// verdict is what one call says about its provider.
type verdict int

const (
	silent verdict = iota // nothing
	healthy
	failing
)

// verdictOf returns the verdict of an error. An error that does not implement
// Health counts as failing, unless nothing was done or the caller left.
func verdictOf(ctx context.Context, err error) verdict {
	var reporter Health
	switch {
	case err == nil, errors.Is(err, session.ErrCodeInvalid) && !errors.As(err, &reporter):
		return healthy
	case errors.Is(ctx.Err(), context.Canceled), errors.Is(err, context.Canceled):
		return silent
	case errors.As(err, &reporter):
		return verdictOfHealth(reporter.Health())
	case errors.Is(err, verification.ErrNothingDone):
		return silent
	}
	return failing
}

func verdictOfHealth(isHealthy, ok bool) verdict {
	switch {
	case !ok:
		return silent
	case isHealthy:
		return healthy
	}
	return failing
}

// healthOf returns the verdict of a decision. A provider that decides anything
// about a person works. One that is too busy to decide does not.
func healthOf(code failure.Code) verdict {
	if code == failure.ProviderBusy {
		return failing
	}
	return healthy
}
