package receipt

import (
	"crypto/ecdsa"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"github.com/go-jose/go-jose/v4"
)

// ErrKey says that a key is not one that seals or opens receipts.
var ErrKey = errors.New("not a key on P-256 under its RFC 7638 thumbprint")

// The header of every receipt, besides the key id.
const (
	algorithm = jose.ES256
	mediaType = "renzheng-receipt+jws"
)

// SigningKey is a key that seals receipts.
//
// Shape: ID is the RFC 7638 thumbprint of the public half; Private is on P-256. Secrecy: secret but for ID, which is
// what it prints and logs.
type SigningKey struct {
	ID      string
	Private *ecdsa.PrivateKey `json:"-"`
}

// Seal signs a statement and returns its receipt: a compact JWS whose header has alg, kid and typ, whose payload is
// the RFC 8785 JSON of the statement, and whose signature has the lower of the two valid values of s.
//
// Errors: [ErrStatement], [ErrKey]. A valid statement stays far below what [Verify] reads.
func Seal(s Statement, key SigningKey) (string, error) {
	if err := s.Validate(); err != nil {
		return "", err
	}
	if key.Private == nil {
		return "", ErrKey
	}
	if public, err := newJWK(&key.Private.PublicKey); err != nil || public.KeyID != key.ID {
		return "", ErrKey
	}
	payload, err := canonicalJSON(s)
	if err != nil {
		return "", fmt.Errorf("encoding a statement: %w", err)
	}
	signer, err := jose.NewSigner(
		jose.SigningKey{Algorithm: algorithm, Key: jose.JSONWebKey{Key: key.Private, KeyID: key.ID}},
		(&jose.SignerOptions{}).WithType(mediaType),
	)
	if err != nil {
		return "", fmt.Errorf("preparing a signature: %w", err)
	}
	signed, err := signer.Sign(payload)
	if err != nil {
		return "", fmt.Errorf("signing a statement: %w", err)
	}
	lowerS(signed.Signatures[0].Signature)
	compact, err := signed.CompactSerialize()
	if err != nil {
		return "", fmt.Errorf("encoding a receipt: %w", err)
	}
	return compact, nil
}

// Format prints the key id whatever the verb.
func (k SigningKey) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "[signing key "+k.ID+"]") }

// LogValue logs the key id.
func (k SigningKey) LogValue() slog.Value { return slog.StringValue(k.ID) }
