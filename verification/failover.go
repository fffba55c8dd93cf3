package verification

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"renzheng/identity"
	"renzheng/tracing"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

// query is one attempt and the call of a provider that it makes.
type query[R any] struct {
	step    step
	attempt Attempt           // names the provider to query
	card    identity.BankCard // zero except for a bank card
	time    time.Duration     // for all providers together
	ask     func(ctx context.Context, a Attempt) (R, error)
}

// withFailover queries one provider after another until one of them may have done
// something, so that nobody is charged or locked twice. The attempt and its try stay
// the same. The result of a provider whose outcome is in doubt is final. withFailover
// returns the last result and the attempt, which names the provider that was queried
// last.
func withFailover[R any](ctx context.Context, s *Service, q query[R]) (R, Attempt, error) {
	called, cancel := context.WithTimeout(ctx, q.time)
	defer cancel()
	for n := 1; ; n++ {
		result, err := askTraced(called, q, n)
		if err != nil {
			s.logCall(ctx, q.attempt, err)
		}
		if !nothingDone(result, err) || called.Err() != nil {
			return result, q.attempt, err
		}
		next := s.reassign(ctx, q.step, q.attempt, q.card)
		if next == nil {
			return result, q.attempt, err
		}
		q.attempt = *next
	}
}

// askTraced queries the provider of an attempt, which is the nth for this check.
func askTraced[R any](ctx context.Context, q query[R], n int) (result R, err error) {
	ctx, span := tracing.Start(ctx, "verification ask")
	defer func() { span.End(err) }()
	span.Set(tracing.Provider, q.attempt.Provider)
	span.SetInt(tracing.Attempt, n)
	return q.ask(ctx, q.attempt)
}

// nothingDone reports whether a provider surely did nothing: its error is
// ErrNothingDone, or its decision is that it was busy.
func nothingDone[R any](result R, err error) bool {
	if err != nil {
		return errors.Is(err, ErrNothingDone)
	}
	d, ok := any(result).(Decision)
	return ok && d.Outcome == OutcomeFailed && d.Failure == failure.ProviderBusy
}

// reassign moves an attempt to the next provider of its step that is not switched off
// and whose own rules leave a try. It returns the attempt as it is then, or nil if
// there is no such provider or the attempt has ended.
func (s *Service) reassign(ctx context.Context, st step, a Attempt, card identity.BankCard) *Attempt {
	from := a.Provider
	for _, a.Provider = range st.providers[slices.Index(st.providers, from)+1:] {
		now := s.now()
		board, err := s.switches.Read(ctx, now)
		if err == nil && board.Of(a.Check, a.Provider).State == policy.Off {
			continue
		}
		if err == nil {
			err = s.deps.Store.Reassign(ctx, from, Reservation{
				Attempt: a, Card: card, Quotas: s.sourceQuotas(a.Provider, st, now), Now: now,
			})
		}
		switch {
		case err == nil:
			return &a
		case errors.As(err, new(*ExhaustedError)):
			continue
		case !errors.Is(err, ErrConflict):
			s.deps.Logger.ErrorContext(ctx, "attempt not moved to another provider",
				slog.String("attempt_id", a.ID), slog.Any("cause", err))
		}
		return nil
	}
	return nil
}

// codedError is an error of an adapter.
type codedError interface {
	error
	FailureCode() string
}

// notAsked is the code of a call that was not made because the provider cannot answer it.
const notAsked = "not_asked"

// logCall logs a provider's error. Adapters have removed everything from it that is
// personal or the provider's own text (R32).
func (s *Service) logCall(ctx context.Context, a Attempt, err error) {
	level := slog.LevelWarn
	if coded, ok := errors.AsType[codedError](err); ok && coded.FailureCode() == notAsked {
		level = slog.LevelInfo // nothing is wrong: such a person or document is for the next provider
	}
	s.deps.Logger.Log(ctx, level, "provider call did not succeed",
		slog.String("provider", a.Provider), slog.String("check", string(a.Check)),
		slog.String("attempt_id", a.ID), slog.Any("cause", err))
}
