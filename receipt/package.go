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
// Shape: Keys is an RFC 7517 key set. Secrecy: as public as the receipt.
type Package struct {
	Format  string          `json:"format"`
	Receipt string          `json:"receipt"`
	Keys    json.RawMessage `json:"keys"`
}

// NewPackage puts beside a receipt the one key of a published key set that it was sealed with.
//
// Errors: [ErrMalformed], [ErrAltered], [ErrSignerUnknown]; no package is made that would not verify.
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
		return Package{}, ErrSignerUnknown
	}
	if _, err = t.statement(key); err != nil {
		return Package{}, err
	}
	keys, err := json.Marshal(keySet{Keys: []jwk{key}})
	if err != nil {
		return Package{}, fmt.Errorf("encoding the key: %w", err)
	}
	return Package{Format: Format, Receipt: compact, Keys: keys}, nil
}

// readPackage gives the receipt of a package and its keys.
func readPackage(file []byte) (string, keySet, error) {
	var p Package
	if _, err := decodeStrict(file, &p); err != nil {
		return "", keySet{}, fmt.Errorf("%w: the package %w", ErrMalformed, err)
	}
	if p.Format != Format {
		return "", keySet{}, fmt.Errorf("%w: the package has another format", ErrMalformed)
	}
	keys, err := readKeys(p.Keys)
	if err != nil {
		return "", keySet{}, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	return p.Receipt, keys, nil
}
