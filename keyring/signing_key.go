package keyring

import (
	"crypto/ecdsa"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
)

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
