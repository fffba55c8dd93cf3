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

// ErrNoSigningKey says that no signing key is in use yet at the given time.
var ErrNoSigningKey = errors.New("no signing key is in use yet")

// SigningKey is the key that seals receipts.
//
// Shape: KeyID is the RFC 7638 thumbprint (base64url, 43 characters); Private is on P-256. Secrecy: secret but for
// KeyID, which is what it prints, logs and marshals as.
type SigningKey struct {
	KeyID   string
	Private *ecdsa.PrivateKey
}

// Signing gives the key to sign with at a time: the newest one whose use has begun. Keys are published before that,
// so that whoever caches the public keys knows it by then.
//
// Errors: [ErrNoSigningKey].
func (r *Ring) Signing(now time.Time) (SigningKey, error) {
	for _, s := range r.keys.Load().signers {
		if !s.from.After(now) {
			return s.SigningKey, nil
		}
	}
	return SigningKey{}, ErrNoSigningKey
}

// JWKS gives all public keys, of the future, the present and the past, as an RFC 7517 key set. Secrecy: public.
func (r *Ring) JWKS() []byte { return bytes.Clone(r.keys.Load().jwks) }

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
