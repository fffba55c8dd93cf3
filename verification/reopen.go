package verification

import (
	"context"
	"errors"
	"fmt"

	"renzheng/verification/policy"
)

// reopen takes up the face that was left last, if it can still be finished, and
// reports whether there was one. The person goes on with the same try: a new
// attempt would hold one more (R63).
func (s *Service) reopen(ctx context.Context, st step) (Attempt, bool, error) {
	left, found, err := s.leftFace(ctx, st.verification)
	if err != nil || !found {
		return Attempt{}, false, err
	}
	consents, err := s.requiredConsents(ctx, st.verification, policy.Face)
	if err != nil {
		return Attempt{}, false, err
	}
	err = s.deps.Attempts.Reopen(ctx, Reservation{Attempt: left, Consents: consents, Now: s.now()})
	switch {
	case errors.Is(err, ErrConflict): // decided meanwhile, or the verification has moved, which a reservation finds out
		return Attempt{}, false, nil
	case err != nil:
		return Attempt{}, false, s.reserveError(ctx, st, err)
	}
	return left, true, nil
}

// leftFace returns the face of v that was left last and can still be finished.
func (s *Service) leftFace(ctx context.Context, v Verification) (Attempt, bool, error) {
	if check := checkOf(v, policy.Face); check == nil || check.State != CheckPending || check.Failure == "" {
		return Attempt{}, false, nil
	}
	left, err := s.deps.Attempts.LeftFace(ctx, v.SessionID, v.ID, s.now())
	switch {
	case errors.Is(err, ErrNotFound):
		return Attempt{}, false, nil
	case err != nil:
		return Attempt{}, false, fmt.Errorf("reading the face that was left: %w", err)
	}
	return left, s.mayGoOn(left), nil
}
