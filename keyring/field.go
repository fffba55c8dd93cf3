package keyring

import (
	"errors"
	"fmt"
)

// ErrOpen is returned for a ciphertext that was altered, moved or sealed under another key.
var ErrOpen = errors.New("the ciphertext does not open here")

// ErrNoKey is returned by the zero DataKey.
var ErrNoKey = errors.New("no data key")

const (
	fieldFormat   = 1
	fieldOverhead = 1 + 12 + 16 // format, nonce, tag
)

// Seal encrypts one field.
//
// Shape: format 1, 12 bytes nonce, ciphertext as long as the plaintext, 16 bytes tag. Sealing the same
// plaintext again yields different bytes. Errors: [ErrAssociatedData], [ErrNoKey]. Secrecy: the length of the plaintext shows.
func (k DataKey) Seal(p AssociatedData, plaintext []byte) ([]byte, error) {
	if k.gcm == nil {
		return nil, ErrNoKey
	}
	bound, err := p.authenticated()
	if err != nil {
		return nil, err
	}
	return sealInto([]byte{fieldFormat}, k.gcm, plaintext, bound), nil
}

// Open decrypts one field that was sealed with the same associated data.
//
// Errors: [ErrOpen], [ErrAssociatedData], [ErrNoKey]. Secrecy: the result is personal data and must be wrapped in its type at
// once.
func (k DataKey) Open(p AssociatedData, ciphertext []byte) ([]byte, error) {
	if k.gcm == nil {
		return nil, ErrNoKey
	}
	if len(ciphertext) < fieldOverhead || ciphertext[0] != fieldFormat {
		return nil, fmt.Errorf("reading %s.%s: %w", p.Table, p.Column, ErrOpen)
	}
	bound, err := p.authenticated()
	if err != nil {
		return nil, err
	}
	plaintext, err := k.gcm.Open(nil, nil, ciphertext[1:], bound)
	if err != nil {
		return nil, fmt.Errorf("decrypting %s.%s: %w", p.Table, p.Column, ErrOpen)
	}
	return plaintext, nil
}
