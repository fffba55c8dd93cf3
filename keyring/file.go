package keyring

import (
	"encoding/json"
	"fmt"
)

// file is a key file in memory. Lists are newest first.
type file struct {
	masters, lookups []secretKey
	signingKeys      []signingKey
	published        []publicJWK
}

const maxFileBytes = 1 << 20 // hundreds of rotations; more is not a key file

// public returns all public signing keys, newest first.
func (f *file) public() []publicJWK {
	public := make([]publicJWK, 0, len(f.signingKeys)+len(f.published))
	for _, s := range f.signingKeys {
		public = append(public, s.public)
	}
	return append(public, f.published...)
}

// encode writes the file as parse reads it.
func (f *file) encode() ([]byte, error) {
	out := struct {
		Master    []secretJSON     `json:"master"`
		Lookup    []secretJSON     `json:"lookup"`
		Signing   []signingKeyJSON `json:"signing"`
		Published []publicJWK      `json:"published"`
	}{encodeSecrets(f.masters), encodeSecrets(f.lookups), nil, append([]publicJWK{}, f.published...)}
	for _, s := range f.signingKeys {
		encoded, err := s.encode()
		if err != nil {
			return nil, err
		}
		out.Signing = append(out.Signing, encoded)
	}
	raw, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("encoding the key file: %w", err)
	}
	return append(raw, '\n'), nil
}
