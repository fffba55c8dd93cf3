package keyring

import (
	"bytes"
	"errors"
	"time"
)

// ErrNoSigningKey is returned if no signing key is in use yet at the given time.
var ErrNoSigningKey = errors.New("no signing key is in use yet")

// Signing returns the key to sign with at a time: the newest one whose use has begun. Keys are published before
// that, so that a verifier which caches the public keys knows it by then.
//
// Errors: [ErrNoSigningKey].
func (r *Keyring) Signing(now time.Time) (SigningKey, error) {
	for _, s := range r.keys.Load().signers {
		if !s.from.After(now) {
			return s.SigningKey, nil
		}
	}
	return SigningKey{}, ErrNoSigningKey
}

// JWKS returns all public keys, future, current and past, as a JWK Set (RFC 7517). Secrecy: public.
func (r *Keyring) JWKS() []byte { return bytes.Clone(r.keys.Load().jwks) }
