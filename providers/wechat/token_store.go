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

// TokenStore keeps the access tokens that all replicas share. Tokens are
// secrets and are encrypted where they rest. Safe for concurrent use.
type TokenStore interface {
	// Token returns the stored token of an application, expired or not; the zero
	// value if none is stored.
	Token(ctx context.Context, appID string) (Token, error)
	// PutToken stores t in place of what is there. Who calls it holds the lease.
	PutToken(ctx context.Context, appID string, t Token) error
}

// Leases let one replica at a time fetch a token. Safe for concurrent use.
type Leases interface {
	// Lease takes the lease of that name for a holder until a time, and tells
	// whether it has it: where it is free, has ended by now, or is the holder's own.
	// Name and holder are up to 64 ASCII characters.
	Lease(ctx context.Context, name, holder string, now, until time.Time) (bool, error)
	// Release returns it back. It is no error when the holder no longer has it.
	Release(ctx context.Context, name, holder string) error
}
