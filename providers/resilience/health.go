package resilience

import (
	"context"
	"errors"

	"renzheng/session"
	"renzheng/verification"
	"renzheng/verification/failure"
)

// Health is what an adapter's error may say of its provider. It is found by
// errors.As; adapters implement it without importing this package.
//
// known is false where the call tells nothing: it was not sent, because it had
// no place there, or the caller left. Otherwise well reports whether the provider
// works: a refusal of what was asked comes from one that does; a time-out, a
// broken connection, an unreadable answer and the provider's own "busy" do not.
type Health interface {
	Health() (healthy, ok bool)
}

// verdict is what one call tells of its provider.
type verdict int

const (
	silent verdict = iota // nothing
	healthy
	failing
)

// verdictOf reads the error of a call. An error that does not speak of health
// itself is taken for a bad sign, unless nothing was done or the caller left.
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

// healthOf reads a decision, by the failure in it. Whatever is decided about a
// person comes from a provider that works; one that decided nothing because it
// is busy does not.
func healthOf(code failure.Code) verdict {
	if code == failure.ProviderBusy {
		return failing
	}
	return healthy
}
