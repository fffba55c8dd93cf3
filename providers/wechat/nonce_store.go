package wechat

import (
	"context"
	"time"
)

// NonceStore keeps the signatures of pushes as nonces, for all replicas.
type NonceStore interface {
	// UseNonce records a nonce of a key until a time. If the nonce was used before, it
	// returns an error of its own. A unique key decides in a single insert.
	UseNonce(ctx context.Context, keyID, nonce string, until, now time.Time) error
}
