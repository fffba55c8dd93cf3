package verification

import (
	"context"
	"errors"

	"renzheng/tracing"
	"renzheng/verification/policy"
)

// Void ends a verification, with the grant made from it and its portrait
// (重新录入, 取消). Idempotent.
//
// Errors: ErrNotFound, *StateError when it has ended otherwise.
func (s *Service) Void(ctx context.Context, a Actor, id string) (err error) {
	ctx, span := tracing.Start(ctx, "verification Void")
	defer func() { span.End(err) }()
	v, err := s.verification(ctx, a, id)
	if err != nil {
		return err
	}
	if err = s.reconcileOpenAttempt(ctx, v); err != nil {
		return err
	}
	err = s.deps.Store.VoidVerification(ctx, a.SessionID, id, s.now())
	if err == nil {
		s.deps.Metrics.VerificationMoved(v.Purpose, Voided)
	}
	if !errors.Is(err, ErrConflict) {
		return wrap("voiding a verification", err)
	}
	if v, err = s.verification(ctx, a, id); err != nil || v.State == Voided {
		return err
	}
	return stateError(v.State)
}

// reconcileLatest reconciles the session's open verification before a new one
// replaces it.
func (s *Service) reconcileLatest(ctx context.Context, a Actor) error {
	v, err := s.deps.Store.LatestVerification(ctx, a.SessionID, s.now())
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return wrap("reading the latest verification", err)
	}
	return s.reconcileOpenAttempt(ctx, v)
}

// reconcileOpenAttempt records the provider's result of the open attempt of v before
// v ends. Otherwise a person could undo a face or a document that did not pass by
// leaving it.
func (s *Service) reconcileOpenAttempt(ctx context.Context, v Verification) error {
	face, err := s.openAttempt(ctx, v, policy.Face)
	if err != nil {
		return err
	}
	if face != nil && face.ProviderID != "" {
		_, err = s.queryFace(ctx, Pending{Attempt: *face, Verification: v})
		return err
	}
	document, err := s.openAttempt(ctx, v, policy.DocumentCheck)
	if err != nil || document == nil {
		return err
	}
	return s.queryDocument(ctx, Pending{Attempt: *document, Verification: v})
}
