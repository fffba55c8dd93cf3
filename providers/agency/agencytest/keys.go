package agencytest

import (
	"crypto"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
)

// Keys are both sides' key pairs as PEM, for tests and the sandbox.
type Keys struct {
	ClientID      string
	ClientKey     string // private, PKCS #8
	ClientPublic  string
	GatewayID     string
	GatewayKey    string // private, PKCS #8
	GatewayPublic string
}

// NewKeys makes Ed25519 pairs from 64 random bytes. The same bytes result in
// the same keys.
func NewKeys(chance io.Reader) (Keys, error) {
	keys := Keys{ClientID: "renzheng-test", GatewayID: "gateway-test"}
	for _, pair := range []struct{ private, public *string }{
		{&keys.ClientKey, &keys.ClientPublic}, {&keys.GatewayKey, &keys.GatewayPublic},
	} {
		seed := make([]byte, ed25519.SeedSize)
		if _, err := io.ReadFull(chance, seed); err != nil {
			return Keys{}, fmt.Errorf("reading chance: %w", err)
		}
		var err error
		if *pair.private, *pair.public, err = encode(ed25519.NewKeyFromSeed(seed)); err != nil {
			return Keys{}, err
		}
	}
	return keys, nil
}

func encode(key crypto.Signer) (private, public string, err error) {
	secret, secretErr := x509.MarshalPKCS8PrivateKey(key)
	open, openErr := x509.MarshalPKIXPublicKey(key.Public())
	if err := errors.Join(secretErr, openErr); err != nil {
		return "", "", fmt.Errorf("encoding a key: %w", err)
	}
	block := func(kind string, der []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
	}
	return block("PRIVATE KEY", secret), block("PUBLIC KEY", open), nil
}

func readPrivate(text string) (crypto.Signer, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, errors.New("a private key is no PEM")
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("reading a private key: %w", err)
	}
	signer, ok := key.(crypto.Signer)
	if !ok {
		return nil, errors.New("a private key does not sign")
	}
	return signer, nil
}

func readPublic(text string) (crypto.PublicKey, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, errors.New("a public key is no PEM")
	}
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("reading a public key: %w", err)
	}
	return key, nil
}
