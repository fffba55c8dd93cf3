package receipt

import (
	"encoding/json"
	"fmt"
)

// Format names the shape of a [Package].
const Format = "renzheng-receipt/1"

// Package is the file that is handed out: a receipt and the public key that it was sealed with, so that anybody can
// see that it is intact. Whether that key is the issuer's, the file cannot prove.
//
// Shape: RFC 8785 JSON; Keys is an RFC 7517 key set of that one key. Secrecy: as public as the receipt.
type Package struct {
	Format  string          `json:"format"`
	Keys    json.RawMessage `json:"keys"`
	Receipt string          `json:"receipt"`
}

// NewPackage returns a receipt together with the one key of a published key set that it was sealed with.
//
// Errors: [ErrMalformed], [ErrAltered], [ErrKeyUnknown]; no package is made that would not verify.
func NewPackage(compact string, published []byte) (Package, error) {
	t, err := readToken(compact)
	if err != nil {
		return Package{}, err
	}
	set, err := readKeys(published)
	if err != nil {
		return Package{}, fmt.Errorf("reading the published keys: %w", err)
	}
	key, ok := set.find(t.header.KeyID)
	if !ok {
		return Package{}, ErrKeyUnknown
	}
	if _, err = t.statement(key); err != nil {
		return Package{}, err
	}
	keys, err := canonicalJSON(keySet{Keys: []jwk{key}})
	if err != nil {
		return Package{}, fmt.Errorf("encoding the key: %w", err)
	}
	return Package{Format: Format, Receipt: compact, Keys: keys}, nil
}

// readPackage returns the receipt of a package and the key that came with it.
func readPackage(file []byte) (token, jwk, error) {
	var p Package
	if err := decodeCanonical(file, &p); err != nil {
		return token{}, jwk{}, fmt.Errorf("%w: the package %w", ErrMalformed, err)
	}
	if p.Format != Format {
		return token{}, jwk{}, fmt.Errorf("%w: the package has another format", ErrMalformed)
	}
	t, err := readToken(p.Receipt)
	if err != nil {
		return token{}, jwk{}, err
	}
	set, err := readKeys(p.Keys)
	if err != nil {
		return token{}, jwk{}, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	if len(set.Keys) != 1 || set.Keys[0].KeyID != t.header.KeyID {
		return token{}, jwk{}, fmt.Errorf("%w: keys of the package are not the one that the receipt names", ErrMalformed)
	}
	return t, set.Keys[0], nil
}
