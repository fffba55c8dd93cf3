package keyring

import (
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
)

// ErrOwner is returned for a data key without an owner.
var ErrOwner = errors.New("a data key needs an owner")

// DataKey is the key of one subject or one case, ready for use.
//
// Shape: AES-256-GCM with its state computed once, so keep it while a request needs it. Zero value: returns [ErrNoKey].
// Concurrency: safe. Secrecy: secret; it prints as a mask in fmt, slog and JSON, and its bytes cannot be read.
type DataKey struct{ gcm cipher.AEAD }

// WrappedKey is a data key sealed under a master key, for the database.
//
// Shape: 69 bytes: format 1, 8 bytes fingerprint of the master key, 12 bytes nonce, 32 bytes key, 16 bytes tag.
// Secrecy: worthless without the key file; deleting it erases everything sealed under the data key.
type WrappedKey []byte

const (
	wrapFormat      = 1
	wrapHeaderBytes = 1 + fingerprintBytes
	wrappedKeyBytes = wrapHeaderBytes + 12 + keyBytes + 16
)

// NewDataKey generates a data key and returns it with its wrapped form, which can be unwrapped for the same owner only.
//
// The owner is the kind and id of the row that the key belongs to, such as "subject/s_7". Errors: [ErrOwner].
func (r *Keyring) NewDataKey(owner string) (DataKey, WrappedKey, error) {
	if owner == "" {
		return DataKey{}, nil, ErrOwner
	}
	raw := make([]byte, keyBytes)
	rand.Read(raw)
	defer clear(raw)
	gcm, err := newGCM(raw)
	if err != nil {
		return DataKey{}, nil, err
	}
	return DataKey{gcm}, r.keys.Load().masters[0].seal(owner, raw), nil
}

// Unwrap returns the data key that was wrapped for this owner.
//
// Errors: [ErrOpen] if it was altered or belongs to another owner, [ErrUnknownKey].
func (r *Keyring) Unwrap(owner string, w WrappedKey) (DataKey, error) {
	m, err := r.keys.Load().wrapper(w)
	if err != nil {
		return DataKey{}, err
	}
	raw, err := m.open(owner, w)
	if err != nil {
		return DataKey{}, err
	}
	defer clear(raw)
	gcm, err := newGCM(raw)
	if err != nil {
		return DataKey{}, err
	}
	return DataKey{gcm}, nil
}

// Rewrap returns the same data key under the newest master key, and reports whether that is a change. If the
// key already is under the newest master key, Rewrap returns w itself. Values sealed under the data key stay as they are.
//
// Errors: as for [Keyring.Unwrap].
func (r *Keyring) Rewrap(owner string, w WrappedKey) (WrappedKey, bool, error) {
	keys := r.keys.Load()
	m, err := keys.wrapper(w)
	if err != nil {
		return nil, false, err
	}
	if m == keys.masters[0] {
		return w, false, nil
	}
	raw, err := m.open(owner, w)
	if err != nil {
		return nil, false, err
	}
	defer clear(raw)
	return keys.masters[0].seal(owner, raw), true, nil
}

// wrapper finds the master key that the header names.
func (k *keySet) wrapper(w WrappedKey) (*master, error) {
	if len(w) != wrappedKeyBytes || w[0] != wrapFormat {
		return nil, fmt.Errorf("reading a wrapped key: %w", ErrOpen)
	}
	m, ok := k.byFingerprint[fingerprint(w[1:wrapHeaderBytes])]
	if !ok {
		return nil, fmt.Errorf("unwrapping a data key: %w", ErrUnknownKey)
	}
	return m, nil
}

func (m *master) seal(owner string, raw []byte) WrappedKey {
	w := make([]byte, 0, wrappedKeyBytes)
	w = append(w, wrapFormat)
	w = append(w, m.fingerprint[:]...)
	return sealInto(w, m.wrap, raw, []byte(owner))
}

func (m *master) open(owner string, w WrappedKey) ([]byte, error) {
	raw, err := m.wrap.Open(make([]byte, 0, keyBytes), nil, w[wrapHeaderBytes:], []byte(owner))
	if err != nil {
		return nil, fmt.Errorf("unwrapping a data key: %w", ErrOpen)
	}
	return raw, nil
}

const maskedDataKey = "[data key]"

// Format prints a mask whatever the verb.
func (DataKey) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, maskedDataKey) }

// LogValue logs a mask.
func (DataKey) LogValue() slog.Value { return slog.StringValue(maskedDataKey) }

// MarshalJSON writes a mask.
func (DataKey) MarshalJSON() ([]byte, error) { return []byte(`"` + maskedDataKey + `"`), nil }
