package verification

import (
	"context"
	"errors"

	"renzheng/tracing"
	"renzheng/verification/policy"
)

// Portrait returns the picture that the person must accept (M-25), JPEG or PNG.
// Secrecy: personal; no-store. It returns ErrNotFound also if the provider returned
// no picture: the person then accepts without one (R17).
func (s *Service) Portrait(ctx context.Context, a Actor, id string) (_ []byte, err error) {
	ctx, span := tracing.Start(ctx, "verification Portrait")
	defer func() { span.End(err) }()
	picture, err := s.deps.Store.Portrait(ctx, a.SessionID, id, s.now())
	return picture, wrap("reading a portrait", err)
}

// Accept records that the person accepts the portrait (M-26) and makes the grant. A
// repetition returns the same grant (R3).
//
// Errors: ErrNotFound, *StateError.
func (s *Service) Accept(ctx context.Context, a Actor, id string) (_ GrantMade, err error) {
	ctx, span := tracing.Start(ctx, "verification Accept")
	defer func() { span.End(err) }()
	grantID, err := s.newID("grt_")
	if err != nil {
		return GrantMade{}, err
	}
	now := s.now()
	made, err := s.deps.Store.Accept(ctx, Acceptance{
		SessionID: a.SessionID, VerificationID: id, GrantID: grantID, Now: now, Until: now.Add(GrantFor),
	})
	if err == nil && made.GrantID == grantID { // not a repetition
		s.deps.Metrics.VerificationMoved(policy.Access, Passed)
	}
	if !errors.Is(err, ErrConflict) {
		return made, wrap("accepting a verification", err)
	}
	v, err := s.verification(ctx, a, id)
	if err != nil {
		return GrantMade{}, err
	}
	return GrantMade{}, stateError(v.State)
}
