package keyring

import (
	"bytes"
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

// SigningKey is the key that seals receipts.
//
// Shape: KeyID is the RFC 7638 thumbprint (base64url, 43 characters); Private is on P-256. Secrecy: secret except
// for KeyID, as which it prints, logs and marshals.
type SigningKey struct {
	KeyID   string
	Private *ecdsa.PrivateKey
}

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

func encodeJWKS(public []publicJWK) ([]byte, error) {
	set, err := json.Marshal(struct {
		Keys []publicJWK `json:"keys"`
	}{public})
	if err != nil {
		return nil, fmt.Errorf("encoding the public keys: %w", err)
	}
	return set, nil
}

// Format prints the key id whatever the verb.
func (k SigningKey) Format(f fmt.State, _ rune) {
	_, _ = io.WriteString(f, "[signing key "+k.KeyID+"]")
}

// LogValue logs the key id.
func (k SigningKey) LogValue() slog.Value { return slog.StringValue(k.KeyID) }

// MarshalJSON writes the key id.
func (k SigningKey) MarshalJSON() ([]byte, error) { return json.Marshal(k.KeyID) }
