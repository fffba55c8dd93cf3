package keyring

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
)

// Rows that live for a day, such as the answers of idempotent calls, have no data key. There are too many of them for
// random nonces under one key. So each is sealed under its own key, derived from the master key and 12 random bytes;
// with the 12 bytes of nonce that is 192 random bits for each row.
const (
	rowFormat      = 1
	rowSaltBytes   = 12
	rowHeaderBytes = 1 + fingerprintBytes + rowSaltBytes
	rowOverhead    = rowHeaderBytes + 12 + 16
)

// Seal encrypts the content of a short-lived row under the newest master key.
//
// Shape: format 1, 8 bytes fingerprint of the master key, 12 bytes salt, 12 bytes nonce, ciphertext, 16 bytes tag.
// Errors: [ErrAssociatedData]. Secrecy: the length of the plaintext shows; it cannot be erased by deleting a data key, so use
// it only for rows that are deleted themselves.
func (r *Keyring) Seal(p AssociatedData, plaintext []byte) ([]byte, error) {
	return r.keys.Load().masters[0].sealRow(p, plaintext)
}

// Open decrypts a row that was sealed with the same associated data, under any master key of the file.
//
// Errors: [ErrOpen], [ErrUnknownKey], [ErrAssociatedData].
func (r *Keyring) Open(p AssociatedData, ciphertext []byte) ([]byte, error) {
	m, err := r.keys.Load().rowMaster(p, ciphertext)
	if err != nil {
		return nil, err
	}
	return m.openRow(p, ciphertext)
}

// Renew returns the same content under the newest master key, and reports whether that is a change. If the
// ciphertext already is under the newest master key, Renew returns it unchanged.
//
// Errors: as for [Keyring.Open].
func (r *Keyring) Renew(p AssociatedData, ciphertext []byte) ([]byte, bool, error) {
	keys := r.keys.Load()
	m, err := keys.rowMaster(p, ciphertext)
	if err != nil {
		return nil, false, err
	}
	if m == keys.masters[0] {
		return ciphertext, false, nil
	}
	plaintext, err := m.openRow(p, ciphertext)
	if err != nil {
		return nil, false, err
	}
	defer clear(plaintext)
	renewed, err := keys.masters[0].sealRow(p, plaintext)
	return renewed, err == nil, err
}

// rowMaster finds the master key that the header names.
func (k *keySet) rowMaster(p AssociatedData, ciphertext []byte) (*master, error) {
	if len(ciphertext) < rowOverhead || ciphertext[0] != rowFormat {
		return nil, fmt.Errorf("reading %s.%s: %w", p.Table, p.Column, ErrOpen)
	}
	m, ok := k.byFingerprint[fingerprint(ciphertext[1:1+fingerprintBytes])]
	if !ok {
		return nil, fmt.Errorf("decrypting %s.%s: %w", p.Table, p.Column, ErrUnknownKey)
	}
	return m, nil
}

func (m *master) sealRow(p AssociatedData, plaintext []byte) ([]byte, error) {
	bound, err := p.authenticated()
	if err != nil {
		return nil, err
	}
	out := make([]byte, rowHeaderBytes)
	out[0] = rowFormat
	copy(out[1:], m.fingerprint[:])
	salt := out[1+fingerprintBytes:]
	rand.Read(salt)
	gcm, err := m.rowCipher(salt)
	if err != nil {
		return nil, err
	}
	return sealInto(out, gcm, plaintext, bound), nil
}

func (m *master) openRow(p AssociatedData, ciphertext []byte) ([]byte, error) {
	bound, err := p.authenticated()
	if err != nil {
		return nil, err
	}
	gcm, err := m.rowCipher(ciphertext[1+fingerprintBytes : rowHeaderBytes])
	if err != nil {
		return nil, err
	}
	plaintext, err := gcm.Open(nil, nil, ciphertext[rowHeaderBytes:], bound)
	if err != nil {
		return nil, fmt.Errorf("decrypting %s.%s: %w", p.Table, p.Column, ErrOpen)
	}
	return plaintext, nil
}

func (m *master) rowCipher(salt []byte) (cipher.AEAD, error) {
	key, err := hkdf.Expand(sha256.New, m.row, string(salt), keyBytes)
	if err != nil {
		return nil, fmt.Errorf("deriving a row key: %w", err)
	}
	defer clear(key)
	return newGCM(key)
}
