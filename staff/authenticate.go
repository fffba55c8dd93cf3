package staff

import (
	"context"
	"fmt"

	"renzheng/random"
)

// Authenticate returns the live session of a token and moves its idle end.
//
// ErrNotFound if the token is unknown, revoked, idle too long or past its end.
func (s *Service) Authenticate(ctx context.Context, token string) (Session, error) {
	hash, ok := random.HashToken(token)
	if !ok {
		return Session{}, ErrNotFound
	}
	now := s.now()
	found, err := s.deps.Sessions.FindStaffSession(ctx, hash, now)
	if err != nil {
		return Session{}, fmt.Errorf("finding a staff session: %w", err)
	}
	renewed := now.Add(Idle)
	if renewed.After(found.Until) {
		renewed = found.Until
	}
	if renewed.Sub(found.IdleUntil) < renewAfter {
		return found, nil
	}
	if err = s.deps.Sessions.RenewStaffSession(ctx, found.ID, renewed, now); err != nil {
		return Session{}, fmt.Errorf("renewing a staff session: %w", err)
	}
	found.IdleUntil = renewed
	return found, nil
}

// Close signs out, and returns the address at which the browser ends the provider's own session, or "". A provider that does
// not answer does not keep the session alive.
func (s *Service) Close(ctx context.Context, session Session) (string, error) {
	if err := s.deps.Sessions.CloseStaffSession(ctx, session.ID, s.now()); err != nil {
		return "", fmt.Errorf("closing a staff session: %w", err)
	}
	address, err := s.deps.Provider.EndSession(ctx)
	if err != nil {
		return "", nil //nolint:nilerr // documented
	}
	return address, nil
}

// Logout ends the sessions that a logout token of the provider names, and returns how many were live. It is idempotent.
//
// Errors: ErrLogoutToken, ErrUnavailable.
func (s *Service) Logout(ctx context.Context, token string) (int, error) {
	l, err := s.deps.Provider.Logout(ctx, token)
	if err != nil {
		return 0, fmt.Errorf("verifying a logout token: %w", err)
	}
	if l.Issuer == "" || l.Subject == "" && l.SessionID == "" {
		return 0, ErrLogoutToken
	}
	ended, err := s.deps.Sessions.EndStaffSessions(ctx, l, s.now())
	if err != nil {
		return 0, fmt.Errorf("ending staff sessions: %w", err)
	}
	return ended, nil
}
