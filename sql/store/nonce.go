package store

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// ErrReplay says that a nonce was used before.
var ErrReplay = errors.New("the nonce was used before")

// UseNonce records a nonce of a registry's signing key until a time (R25). A nonce that ended by now may be used again.
//
// Errors: [ErrReplay].
func (s *Store) UseNonce(ctx context.Context, keyID, nonce string, until, now time.Time) error {
	_, err := s.exec(ctx, "INSERT INTO nonces (key_id, nonce, until) VALUES (?, ?, ?)", keyID, nonce, ms(until))
	if !isDuplicate(err) {
		if err != nil {
			return fmt.Errorf("recording a nonce: %w", err)
		}
		return nil
	}
	matched, err := s.exec(ctx, "UPDATE nonces SET until = ? WHERE key_id = ? AND nonce = ? AND until <= ?",
		ms(until), keyID, nonce, ms(now))
	if err != nil {
		return fmt.Errorf("renewing a nonce: %w", err)
	}
	if matched != 1 {
		return ErrReplay
	}
	return nil
}
