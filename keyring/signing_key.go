package keyring

import (
	"crypto/ecdsa"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"
)

// ErrNoSigningKey is returned if no signing key is in use yet at the given time.
var ErrNoSigningKey = errors.New("no signing key is in use yet")

// SigningKey is a key that seals receipts.
//
// Shape: ID is the RFC 7638 thumbprint (base64url, 43 characters); Private is on P-256. Secrecy: secret except
// for ID, as which it prints, logs and marshals.
type SigningKey struct {
	ID      string
	Private *ecdsa.PrivateKey
}

// Format prints the key id whatever the verb.
func (k SigningKey) Format(f fmt.State, _ rune) {
	_, _ = io.WriteString(f, "[signing key "+k.ID+"]")
}

// LogValue logs the key id.
func (k SigningKey) LogValue() slog.Value { return slog.StringValue(k.ID) }

// MarshalJSON writes the key id.
func (k SigningKey) MarshalJSON() ([]byte, error) { return json.Marshal(k.ID) }

// SigningKey returns the key to sign with at a time: the newest one whose use has begun. Keys are published before
// that, so that a verifier which caches the public keys knows it by then.
//
// Errors: [ErrNoSigningKey].
func (r *Keyring) SigningKey(now time.Time) (SigningKey, error) {
	for _, s := range r.keys.Load().signingKeys {
		if !s.from.After(now) {
			return s.SigningKey, nil
		}
	}
	return SigningKey{}, ErrNoSigningKey
}
