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

// Once runs work at most once per key. The first call runs it, and its answer is kept
// for 24 h. A repetition returns that answer with replayed true. Errors and answers
// of 429 and 5xx are not kept. Neither is the claim if work panics.
//
// Errors: ErrKeyReused, ErrStillRunning, those of work. Concurrency: of many
// simultaneous calls one runs work, the others return ErrStillRunning or its answer.
func (s *Service) Once(
	ctx context.Context, i Idempotency, work func(ctx context.Context) (Answer, error),
) (a Answer, replayed bool, err error) {
	kept, err := s.deps.Keys.Begin(ctx, i, s.now())
	if err != nil {
		return Answer{}, false, fmt.Errorf("claiming an idempotency key: %w", err)
	}
	if kept != nil {
		return *kept, true, nil
	}
	finished := false
	defer func() {
		if !finished {
			err = errors.Join(err, s.abandon(ctx, i))
		}
	}()
	a, err = work(ctx)
	if err != nil || a.Status == tooManyRequests || a.Status >= serverError {
		return a, false, err
	}
	finished = true
	return a, false, s.finish(ctx, i, a)
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
