package agency

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"strings"
)

// The algorithms of the contract, as RFC 9421 names them. Each key has only one.
const (
	algEd25519 = "ed25519"
	algP256    = "ecdsa-p256-sha256"
	halfP256   = 32 // bytes of r and of s
)

var errKey = errors.New("is not one PEM block with an Ed25519 or P-256 key")

// readPrivate returns the key in a PEM block PRIVATE KEY (PKCS #8).
func readPrivate(text string) (crypto.Signer, error) {
	block, rest := pem.Decode([]byte(text))
	if block == nil || block.Type != "PRIVATE KEY" || strings.TrimSpace(string(rest)) != "" {
		return nil, errKey
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, errKey // the cause may repeat parts of a key
	}
	key, signs := parsed.(crypto.Signer)
	if !signs || algOf(key.Public()) == "" {
		return nil, errKey
	}
	return key, nil
}

// readPublic returns the key in a PEM block PUBLIC KEY.
func readPublic(text string) (crypto.PublicKey, error) {
	block, rest := pem.Decode([]byte(text))
	if block == nil || block.Type != "PUBLIC KEY" || strings.TrimSpace(string(rest)) != "" {
		return nil, errKey
	}
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil || algOf(key) == "" {
		return nil, errKey
	}
	return key, nil
}

func algOf(key crypto.PublicKey) string {
	switch public := key.(type) {
	case ed25519.PublicKey:
		return algEd25519
	case *ecdsa.PublicKey:
		if public.Curve == elliptic.P256() {
			return algP256
		}
	}
	return ""
}

// sign returns the raw signature over a base.
func sign(key crypto.Signer, base string) ([]byte, error) {
	switch private := key.(type) {
	case ed25519.PrivateKey:
		return ed25519.Sign(private, []byte(base)), nil
	case *ecdsa.PrivateKey:
		hash := sha256.Sum256([]byte(base))
		r, s, err := ecdsa.Sign(rand.Reader, private, hash[:])
		if err != nil {
			return nil, fmt.Errorf("signing: %w", err)
		}
		raw := make([]byte, 2*halfP256)
		r.FillBytes(raw[:halfP256])
		s.FillBytes(raw[halfP256:])
		return raw, nil
	}
	return nil, errKey
}

// proves reports whether a signature over a base is the key's.
func proves(key crypto.PublicKey, base string, signature []byte) bool {
	switch public := key.(type) {
	case ed25519.PublicKey:
		return ed25519.Verify(public, []byte(base), signature)
	case *ecdsa.PublicKey:
		if len(signature) != 2*halfP256 {
			return false
		}
		hash := sha256.Sum256([]byte(base))
		r, s := new(big.Int).SetBytes(signature[:halfP256]), new(big.Int).SetBytes(signature[halfP256:])
		return ecdsa.Verify(public, hash[:], r, s)
	}
	return false
}
