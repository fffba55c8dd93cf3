package bff

import (
	"context"
	"encoding/json"
	"fmt"
)

// cacheKeys is how long a key set may be cached. Keys are published well before their
// use and never removed (R30).
const cacheKeys = "public, max-age=3600"

// keysBody is a set of public keys (RFC 7517).
type keysBody struct {
	Keys []keyBody `json:"keys" nullable:"false"`
}

type keyBody struct {
	Algorithm string `json:"alg" example:"ES256"`
	Curve     string `json:"crv" example:"P-256"`
	KeyID     string `json:"kid"`
	KeyType   string `json:"kty" example:"EC"`
	Use       string `json:"use" example:"sig"`
	X         string `json:"x"`
	Y         string `json:"y"`
}

type keysOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         keysBody
}

// listKeys returns the keys that seal receipts.
func (h *handlers) listKeys(context.Context, *struct{}) (*keysOutput, error) {
	keys, err := readKeys(h.jwks())
	if err != nil {
		return nil, err
	}
	return &keysOutput{CacheControl: cacheKeys, Body: keys}, nil
}

// readKeys reads a key set of our own. Members that the contract does not have are
// dropped.
func readKeys(raw []byte) (keysBody, error) {
	var keys keysBody
	if err := json.Unmarshal(raw, &keys); err != nil {
		return keysBody{}, fmt.Errorf("reading the published keys: %w", err)
	}
	return keys, nil
}
