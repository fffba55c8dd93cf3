package session

import (
	"context"
	"fmt"

	"renzheng/random"
	"renzheng/tracing"
)

// Authenticate returns the session of a token, with account and live grant. It moves
// the idle end only when less than half of Idle is left, so that most requests write
// nothing (R2).
//
// ErrNotFound if the token is unknown, revoked, idle too long or past its end.
func (s *Service) Authenticate(ctx context.Context, token string) (_ Session, err error) {
	ctx, span := tracing.Start(ctx, "session Authenticate")
	defer func() { span.End(err) }()
	hash, ok := random.HashToken(token)
	if !ok {
		return Session{}, ErrNotFound
	}
	now := s.now()
	found, err := s.deps.Sessions.FindSession(ctx, hash, now)
	if err != nil {
		return Session{}, fmt.Errorf("finding a session: %w", err)
	}
	renewed := now.Add(Idle)
	if renewed.After(found.Until) {
		renewed = found.Until
	}
	if found.IdleUntil.Sub(now) >= Idle/2 || !renewed.After(found.IdleUntil) {
		return found, nil
	}
	if err := s.deps.Sessions.RenewSession(ctx, found.ID, renewed); err != nil {
		return Session{}, fmt.Errorf("renewing a session: %w", err)
	}
	found.IdleUntil = renewed
	return found, nil
}

// Close logs out: the session, its grants and its open verifications end. It is
// idempotent.
func (s *Service) Close(ctx context.Context, session Session) error {
	if err := s.deps.Sessions.CloseSession(ctx, session.ID, s.now()); err != nil {
		return fmt.Errorf("closing a session: %w", err)
	}
	return nil
}
