package verification

import (
	"context"
	"errors"
)

// Portrait returns the picture that the person is asked to accept (M-25), JPEG
// or PNG. Secrecy: personal; no-store. ErrNotFound also where the provider gave
// none: the person then accepts without one (R17).
func (s *Service) Portrait(ctx context.Context, a Actor, id string) ([]byte, error) {
	picture, err := s.deps.Store.Portrait(ctx, a.SessionID, id, s.now())
	return picture, wrap("reading a portrait", err)
}

// Accept is the person's "this is me" (M-26): it makes the grant, and makes the
// same one again when repeated (R3).
//
// Errors: ErrNotFound, *StateError.
func (s *Service) Accept(ctx context.Context, a Actor, id string) (GrantMade, error) {
	grantID, err := s.newID("grt_")
	if err != nil {
		return GrantMade{}, err
	}
	now := s.now()
	made, err := s.deps.Store.Accept(ctx, Acceptance{
		SessionID: a.SessionID, VerificationID: id, GrantID: grantID, Now: now, Until: now.Add(GrantFor),
	})
	if !errors.Is(err, ErrConflict) {
		return made, wrap("accepting a verification", err)
	}
	v, err := s.verification(ctx, a, id)
	if err != nil {
		return GrantMade{}, err
	}
	return GrantMade{}, stateError(v.State)
}
