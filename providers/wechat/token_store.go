package wechat

import (
	"context"
	"time"

	"renzheng/identity"
)

// Token is an access token of an application. The zero value means that it has no token.
type Token struct {
	Value     identity.Secret
	ExpiresAt time.Time
	ForcedAt  time.Time // when one was last forced; zero = never
}

// TokenStore keeps the access tokens that all replicas share. It must encrypt
// them. Safe for concurrent use.
type TokenStore interface {
	// Token returns the stored token of an application, expired or not; the zero
	// value if none is stored.
	Token(ctx context.Context, appID string) (Token, error)
	// PutToken replaces the stored token with t. The caller holds the lease.
	PutToken(ctx context.Context, appID string, t Token) error
}

// Leases allow one replica at a time to fetch a token. Safe for concurrent use.
type Leases interface {
	// Lease acquires a lease for a holder until a time. It reports whether the holder
	// has it, which is so if it was free, has expired by now, or is the holder's own.
	// Name and holder have up to 64 ASCII characters.
	Lease(ctx context.Context, name, holder string, now, until time.Time) (bool, error)
	// Release ends a lease. Idempotent: it returns no error if the holder no longer
	// has it.
	Release(ctx context.Context, name, holder string) error
}
