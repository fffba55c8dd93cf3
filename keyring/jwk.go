package keyring

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/go-jose/go-jose/v4"

	"renzheng/strictjson"
)

// publicJWK is the public key of a signing key as RFC 7517 writes it, with the members that ours have.
type publicJWK struct {
	KeyType   string `json:"kty"`
	Curve     string `json:"crv"`
	X         string `json:"x"`
	Y         string `json:"y"`
	KeyID     string `json:"kid"`
	Use       string `json:"use"`
	Algorithm string `json:"alg"`
}

const coordinateBytes = 32 // P-256

var errNotJWK = errors.New("not a public key on P-256 for ES256 under its RFC 7638 thumbprint")

func newPublicJWK(public *ecdsa.PublicKey) (publicJWK, error) {
	point, err := public.Bytes()
	if err != nil || public.Curve != elliptic.P256() {
		return publicJWK{}, errNotJWK
	}
	thumbprint, err := (&jose.JSONWebKey{Key: public}).Thumbprint(crypto.SHA256)
	if err != nil {
		return publicJWK{}, fmt.Errorf("computing a thumbprint: %w", err)
	}
	encode := base64.RawURLEncoding.EncodeToString
	return publicJWK{
		KeyType: "EC", Curve: "P-256", Use: "sig", Algorithm: "ES256",
		X: encode(point[1 : 1+coordinateBytes]), Y: encode(point[1+coordinateBytes:]), KeyID: encode(thumbprint),
	}, nil
}

// verify reports whether the members are exactly those that we write for this key.
func (k publicJWK) verify() error {
	decode := base64.RawURLEncoding.DecodeString
	x, errX := decode(k.X)
	y, errY := decode(k.Y)
	if errX != nil || errY != nil || len(x) != coordinateBytes {
		return errNotJWK
	}
	public, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), append(append([]byte{4}, x...), y...))
	if err != nil {
		return errNotJWK
	}
	if same, err := newPublicJWK(public); err != nil || same != k {
		return errNotJWK
	}
	return nil
}

func (r *reader) published(raw json.RawMessage) []publicJWK {
	elements := r.List(raw, "/published")
	published := make([]publicJWK, 0, len(elements))
	for i, element := range elements {
		here := "/published/" + strconv.Itoa(i)
		if r.Object(element, here, strictjson.Names{Required: []string{"kty", "crv", "x", "y", "kid", "use", "alg"}}) == nil {
			continue
		}
		var key publicJWK
		if json.Unmarshal(element, &key) != nil || key.verify() != nil {
			r.Add(here, "is "+errNotJWK.Error())
		}
		published = append(published, key)
	}
	return published
}

func encodeJWKS(public []publicJWK) ([]byte, error) {
	set, err := json.Marshal(struct {
		Keys []publicJWK `json:"keys"`
	}{public})
	if err != nil {
		return nil, fmt.Errorf("encoding the public keys: %w", err)
	}
	return set, nil
}
