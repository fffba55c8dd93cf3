package verification

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"renzheng/identity"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

// nothingDone tells whether a provider surely did nothing: it says so, or it
// says that it was busy.
func nothingDone(said Decision, err error) bool {
	if err != nil {
		return errors.Is(err, ErrNothingDone)
	}
	return said.Outcome == OutcomeFailed && said.Failure == failure.ProviderBusy
}

// failover is one attempt that the providers of its step are asked for, one after
// another, until one of them may have done something.
type failover struct {
	step    step
	pending *Pending          // its attempt names who is asked
	card    identity.BankCard // zero but for a bank card
	wait    time.Duration     // for all of them together
	ask     func(ctx context.Context, p Pending) (Decision, error)
}

// withFailover asks. It goes on to the next provider only where the one before surely
// did nothing, so that nobody is charged or locked twice; the attempt and its
// try stay the same. A provider whose outcome is in doubt has the last word.
func (s *Service) withFailover(ctx context.Context, t failover) (Decision, error) {
	called, cancel := context.WithTimeout(ctx, t.wait)
	defer cancel()
	for {
		said, err := t.ask(called, *t.pending)
		if err != nil {
			s.logCall(ctx, t.pending.Attempt, err)
		}
		if !nothingDone(said, err) || called.Err() != nil || !s.reassign(ctx, t) {
			return said, err
		}
	}
}

// reassign moves the attempt to the next provider of its step that is not switched
// off meanwhile and whose own rules leave a try, false where there is none or
// the attempt has ended.
func (s *Service) reassign(ctx context.Context, t failover) bool {
	from := t.pending.Attempt.Provider
	at := slices.Index(t.step.providers, from)
	for _, next := range t.step.providers[at+1:] {
		moved, now := t.pending.Attempt, s.now()
		moved.Provider = next
		board, err := s.switchboard.Read(ctx, now)
		if err == nil && board.Of(moved.Check, next).State == policy.Off {
			continue
		}
		if err == nil {
			err = s.deps.Attempts.Reassign(ctx, from, Reservation{
				Attempt: moved, Card: t.card, Quotas: s.sourceQuotas(next, t.step, now), Now: now,
			})
		}
		switch {
		case err == nil:
			t.pending.Attempt = moved
			return true
		case errors.As(err, new(*ExhaustedError)):
			continue
		case !errors.Is(err, ErrConflict):
			s.deps.Logger.ErrorContext(ctx, "attempt not moved to another provider",
				slog.String("attempt_id", moved.ID), slog.Any("cause", err))
		}
		return false
	}
	return false
}
