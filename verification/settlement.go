package verification

import (
	"context"
	"errors"
	"fmt"
	"time"

	"renzheng/verification/policy"
)

// conclusion is what became of an attempt.
type conclusion struct {
	attempt     Attempt
	portrait    []byte
	reusable    time.Time // nothing new can be learned before; see FaceResult
	nothingDone bool      // the provider surely did nothing
}

// settle writes down how an attempt ended, or that it is undecided. Another
// call may have been quicker; then its word stands.
func (s *Service) settle(ctx context.Context, p Pending, end conclusion) error {
	var (
		a    = end.attempt
		left policy.Tries
		skip *Check
		err  error
	)
	switch a.State {
	case AttemptFailed:
		left, err = s.tries(ctx, p.Verification, a.Check)
	case AttemptPassed:
		skip, err = s.skippable(ctx, p.Verification, a.SettledAt)
	case AttemptOpen, AttemptCancelled, AttemptUnknown, AttemptUnresolved, AttemptSuperseded:
	}
	if err != nil {
		return err
	}
	out := settlement(p, a, left, skip)
	out.NothingDone = end.nothingDone
	if a.State == AttemptPassed {
		out.Portrait = end.portrait
	}
	if a.Undecided {
		out.NextQuery = nextQuery(a, s.now())
		if end.reusable.After(out.NextQuery) {
			out.NextQuery = end.reusable
		}
	}
	if err := s.deps.Attempts.Settle(ctx, out); err != nil && !errors.Is(err, ErrConflict) {
		return fmt.Errorf("settling an attempt: %w", err)
	}
	return nil
}

// skippable returns the bank card check as skipped where it is still to be done
// and the same account passed it as the same subject within CardCounts (R13).
func (s *Service) skippable(ctx context.Context, v Verification, now time.Time) (*Check, error) {
	check := checkOf(v, policy.BankCard)
	if check == nil || check.State != CheckPending {
		return nil, nil // nothing to skip is an answer
	}
	earlier, err := s.deps.History.RecentPass(ctx, v.AccountID, v.SubjectID, policy.BankCard, now.Add(-CardCounts))
	if errors.Is(err, ErrNotFound) {
		return nil, nil // likewise
	}
	if err != nil {
		return nil, fmt.Errorf("reading earlier bank cards: %w", err)
	}
	return &Check{Kind: policy.BankCard, State: CheckSkipped, AttemptID: earlier.ID}, nil
}
