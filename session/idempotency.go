package session

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// The statuses whose answers are not kept (R31), because the same call may succeed
// later.
const (
	tooManyRequests = 429
	serverError     = 500 // and above
)

// tidyTime bounds the writes after the work, when the caller may be gone.
const tidyTime = 5 * time.Second

// OnceResult is the answer of work that runs at most once.
type OnceResult struct {
	Answer

	// Replayed reports that an earlier call with the same key ran the work.
	Replayed bool
}

// Once runs work at most once per key. The first call runs it, and its answer is kept
// for 24 h. A repetition returns that answer. Errors and answers
// of 429 and 5xx are not kept. Neither is the claim if work panics.
//
// Errors: ErrKeyReused, ErrStillRunning, those of work. Concurrency: of many
// simultaneous calls one runs work, the others return ErrStillRunning or its answer.
func (s *Service) Once(
	ctx context.Context, i Idempotency, work func(ctx context.Context) (Answer, error),
) (_ OnceResult, err error) {
	kept, err := s.deps.Keys.Begin(ctx, i, s.now())
	if err != nil {
		return OnceResult{}, fmt.Errorf("claiming an idempotency key: %w", err)
	}
	if kept != nil {
		return OnceResult{Answer: *kept, Replayed: true}, nil
	}
	finished := false
	defer func() {
		if !finished {
			err = errors.Join(err, s.abandon(ctx, i))
		}
	}()
	a, err := work(ctx)
	if err != nil {
		return OnceResult{}, err
	}
	if a.Status == tooManyRequests || a.Status >= serverError {
		return OnceResult{Answer: a}, nil
	}
	finished = true
	if err := s.finish(ctx, i, a); err != nil {
		return OnceResult{}, err
	}
	return OnceResult{Answer: a}, nil
}

// finish keeps the answer even if the caller has gone, because it is then that a
// repetition will come. If the work took so long that another caller has taken over
// the claim, that caller stores its own answer, and this one is returned without
// being kept.
func (s *Service) finish(ctx context.Context, i Idempotency, a Answer) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), tidyTime)
	defer cancel()
	if err := s.deps.Keys.Finish(ctx, i, a, s.now()); err != nil && !errors.Is(err, ErrNotFound) {
		return fmt.Errorf("keeping an answer: %w", err)
	}
	return nil
}

func (s *Service) abandon(ctx context.Context, i Idempotency) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), tidyTime)
	defer cancel()
	if err := s.deps.Keys.Abandon(ctx, i); err != nil {
		return fmt.Errorf("abandoning an idempotency key: %w", err)
	}
	return nil
}
