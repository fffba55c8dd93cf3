package verification

import (
	"context"
	"errors"
	"fmt"
	"time"

	"renzheng/tracing"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

// faceCallTime bounds a call to a provider, or several with failover.
const faceCallTime = 20 * time.Second

// FinishFace queries the provider for the result of an attempt, whatever the client
// reports, and returns the attempt as it is then. While there is no result the attempt
// is open or unknown, and the caller may ask again. An attempt that has ended is not
// queried again.
//
// Errors: ErrNotFound.
func (s *Service) FinishFace(ctx context.Context, actor Actor, id, attemptID string) (_ View, _ Attempt, err error) {
	ctx, span := tracing.Start(ctx, "verification FinishFace")
	defer func() { span.End(err) }()
	v, err := s.verification(ctx, actor, id)
	if err != nil {
		return View{}, Attempt{}, err
	}
	a, err := s.deps.Store.Attempt(ctx, actor.SessionID, attemptID, s.now())
	if err != nil {
		return View{}, Attempt{}, wrap("reading the attempt", err)
	}
	if a.VerificationID != v.ID || a.Check != policy.Face {
		return View{}, Attempt{}, ErrNotFound
	}
	if awaitsResult(a) {
		if _, err = s.queryFace(ctx, Pending{Attempt: a, Verification: v}); err != nil {
			return View{}, Attempt{}, err
		}
	}
	return s.attemptView(ctx, actor, a)
}

// queryFace queries the provider of a face and records the result. It reports whether
// there was anything to record.
func (s *Service) queryFace(ctx context.Context, p Pending) (bool, error) {
	// A result is recorded although the caller has gone.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), faceCallTime+settleTime)
	defer cancel()
	result, queryErr := s.faceResult(ctx, p)
	if queryErr != nil {
		s.logCall(ctx, p.Attempt, queryErr)
	}
	a, concluded := concludeFace(p, result, queryErr, s.now())
	if !concluded {
		return false, nil
	}
	return true, s.settle(ctx, p, conclusion{attempt: a, portrait: result.Portrait, reusable: result.Reusable})
}

var (
	errProviderGone = errors.New("the attempt's provider is no longer configured")
	errUnreadable   = errors.New("the attempt cannot be decrypted")
)

// faceResult makes the one query of a provider. An attempt that never reached its
// provider is pending until its time is over; nobody could have passed it.
func (s *Service) faceResult(ctx context.Context, p Pending) (FaceResult, error) {
	a := p.Attempt
	checker, ok := s.deps.Faces[a.Provider]
	switch {
	case a.ProviderID == "":
		return FaceResult{Outcome: OutcomePending}, nil
	case p.Unreadable:
		return FaceResult{}, errUnreadable
	case !ok:
		return FaceResult{}, errProviderGone
	}
	ctx, cancel := context.WithTimeout(ctx, faceCallTime)
	defer cancel()
	result, err := checker.QueryFace(ctx, FaceQuery{
		ProviderID: a.ProviderID, AttemptID: a.ID, StartedAt: a.StartedAt,
		Document: p.Verification.Document, User: p.Verification.User,
	})
	if err != nil {
		return FaceResult{}, fmt.Errorf("querying a face: %w", err)
	}
	return result, nil
}

// concludeFace ends a face attempt by the result of our own query, or by the error of
// it. It returns false while there is nothing to record.
//
// A pass counts only if the provider itself reports liveness (R14), within its time
// (R5) and while the verification is open. A face whose time is over, or that the
// person left, ends for the person. It stays undecided, and keeps its try, as long as
// the provider may still judge it (R63).
func concludeFace(p Pending, r FaceResult, queryErr error, now time.Time) (Attempt, bool) {
	a, late := p.Attempt, !now.Before(p.Attempt.ExpiresAt)
	switch {
	case queryErr != nil || r.Outcome == OutcomePending:
		return unjudged(a, queryErr, now)
	case r.Outcome == OutcomePassed && !r.Liveness:
		return failed(a, failure.FaceLiveness, now), true
	case r.Outcome == OutcomePassed && (late || p.Verification.State != Open):
		return ended(a, AttemptCancelled, failure.FaceNotFinished, now), true
	case r.Outcome == OutcomePassed:
		return passed(a, r.Level, now), true
	case now.Before(r.Reusable) && decidable(a, now):
		return leftOpen(a, r.Failure, now), true
	}
	return failed(a, r.Failure, now), true
}

// decidable reports whether the provider may still judge a face.
func decidable(a Attempt, now time.Time) bool {
	return a.ProviderID != "" && now.Sub(a.StartedAt) < queryFor
}

// unjudged returns what becomes of an attempt for which the query returned no
// verdict, and whether there is anything to record.
func unjudged(a Attempt, queryErr error, now time.Time) (Attempt, bool) {
	switch {
	case queryErr != nil && decidable(a, now):
		return inDoubt(a), true
	case queryErr == nil && awaitsResult(a) && now.Before(a.ExpiresAt):
		return a, false
	case decidable(a, now):
		return leftOpen(a, failure.FaceNotFinished, now), true
	}
	return ended(a, AttemptCancelled, failure.FaceNotFinished, now), true
}

// leftOpen ends an attempt for the person and leaves it undecided, because the
// provider may still judge its face.
func leftOpen(a Attempt, code failure.Code, now time.Time) Attempt {
	if awaitsResult(a) {
		a = ended(a, AttemptCancelled, code, now)
	}
	a.Undecided = true
	return a
}
