package staff

import (
	"context"
	"time"
)

// Limits of a session (R51).
const (
	Idle         = 15 * time.Minute
	Absolute     = 10 * time.Hour // a working day; afterwards roles and office are claimed anew
	MaxPerMember = 3              // at the window, at the desk, and the browser after a crash
	renewAfter   = time.Minute    // a session is renewed at most this often, so that most requests write nothing
)

// LogoutLife is how long the end of a sign-in at the provider is remembered: longer than any authorization code lives.
const LogoutLife = time.Hour

// Session is one sign-in of a member. The token is not in it: only its hash is stored.
type Session struct {
	ID        string // "sts_…", random
	Member    Member
	CreatedAt time.Time
	IdleUntil time.Time // moves with requests, never beyond Until
	Until     time.Time
}

// NewSession is a session to be inserted.
type NewSession struct {
	ID        string
	TokenHash [32]byte // SHA-256 of the token
	Identity  Identity
	Now       time.Time
	IdleUntil time.Time
	Until     time.Time
}

// SessionStore keeps sessions.
type SessionStore interface {
	// OpenStaffSession inserts a session. Those of the member beyond MaxPerMember end, oldest first. ErrSignedOut if a logout
	// ended the sign-in before.
	OpenStaffSession(ctx context.Context, n NewSession) (Session, error)
	// FindStaffSession returns the live session of a token hash. ErrNotFound.
	FindStaffSession(ctx context.Context, tokenHash [32]byte, now time.Time) (Session, error)
	// RenewStaffSession moves the idle end forward, never beyond the absolute end. A session that has ended stays so.
	RenewStaffSession(ctx context.Context, id string, idleUntil, now time.Time) error
	// CloseStaffSession ends a session. It is idempotent.
	CloseStaffSession(ctx context.Context, id string, now time.Time) error
	// EndStaffSessions ends all sessions of a logout, and those whose sign-in completes later, and returns how many were live.
	EndStaffSessions(ctx context.Context, l Logout, now time.Time) (int, error)
}
