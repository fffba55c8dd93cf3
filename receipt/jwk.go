package receipt

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"encoding/base64"
	"fmt"

	"github.com/go-jose/go-jose/v4"
)

const coordinateBytes = 32 // P-256

// jwk is a public key as RFC 7517 writes it, with the members that ours have and no others.
type jwk struct {
	KeyType   string `json:"kty"`
	Curve     string `json:"crv"`
	X         string `json:"x"`
	Y         string `json:"y"`
	KeyID     string `json:"kid"`
	Use       string `json:"use"`
	Algorithm string `json:"alg"`
}

// keySet is public keys as RFC 7517 publishes them.
type keySet struct {
	Keys []jwk `json:"keys"`
}

func newJWK(public *ecdsa.PublicKey) (jwk, error) {
	point, err := public.Bytes()
	if err != nil || public.Curve != elliptic.P256() {
		return jwk{}, ErrKey
	}
	thumbprint, err := (&jose.JSONWebKey{Key: public}).Thumbprint(crypto.SHA256)
	if err != nil {
		return jwk{}, fmt.Errorf("computing a thumbprint: %w", err)
	}
	encode := base64.RawURLEncoding.EncodeToString
	return jwk{
		KeyType: "EC", Curve: "P-256", Use: "sig", Algorithm: string(algorithm),
		X: encode(point[1 : 1+coordinateBytes]), Y: encode(point[1+coordinateBytes:]), KeyID: encode(thumbprint),
	}, nil
}

// public returns the key, if the members are exactly those that we write for it.
func (k jwk) public() (*ecdsa.PublicKey, error) {
	x, errX := decodeBase64(k.X)
	y, errY := decodeBase64(k.Y)
	if errX != nil || errY != nil || len(x) != coordinateBytes {
		return nil, ErrKey
	}
	public, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), append(append([]byte{4}, x...), y...))
	if err != nil {
		return nil, ErrKey
	}
	if same, err := newJWK(public); err != nil || same != k {
		return nil, ErrKey
	}
	return public, nil
}

// readKeys returns the keys of a set. One bad key makes the set invalid, because the caller trusts the set as a whole.
func readKeys(raw []byte) (keySet, error) {
	var set keySet
	if _, err := decodeStrict(raw, &set); err != nil {
		return keySet{}, fmt.Errorf("a key set %w", err)
	}
	seen := make(map[string]bool, len(set.Keys))
	for i, k := range set.Keys {
		if _, err := k.public(); err != nil {
			return keySet{}, fmt.Errorf("keys/%d: %w", i, err)
		}
		if seen[k.KeyID] {
			return keySet{}, fmt.Errorf("keys/%d is there twice", i)
		}
		seen[k.KeyID] = true
	}
	return set, nil
}

// find returns the key with this id, or false.
func (s keySet) find(id string) (jwk, bool) {
	for _, k := range s.Keys {
		if k.KeyID == id {
			return k, true
		}
	}
	return jwk{}, false
}
