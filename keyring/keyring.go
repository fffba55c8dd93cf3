package keyring

import (
	"bytes"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// ErrUnknownKey is returned when the master key that sealed a value is not in the key file.
var ErrUnknownKey = errors.New("sealed under a master key that is not in the key file")

// ErrNoSigningKey is returned if no signing key is in use yet at the given time.
var ErrNoSigningKey = errors.New("no signing key is in use yet")

// Keyring holds an opened key file and performs all operations with its keys.
//
// Zero value: unusable; call [Open]. Concurrency: safe, also while [Keyring.Reload] runs: each call uses the keys of one
// file throughout. Secrecy: secret; the only key that can be read is the one that [Keyring.SigningKey] returns.
type Keyring struct {
	reloading sync.Mutex
	keys      atomic.Pointer[keySet]
}

// keySet holds the keys of one key file. Immutable.
type keySet struct {
	masters       []*master
	byFingerprint map[fingerprint]*master
	lookups       []*lookup
	signingKeys   []signingKey
	public        map[string]bool // by key id
	jwks          []byte
}

// Open returns the keyring of a key file.
//
// Errors: all problems of the file together, each with its position in the file and without key material.
func Open(raw []byte) (*Keyring, error) {
	opened, err := build(raw)
	if err != nil {
		return nil, err
	}
	ring := &Keyring{}
	ring.keys.Store(opened)
	return ring, nil
}

// Reload replaces the keys by those of another file, for all calls that begin afterwards.
//
// Errors: the problems of the file as for [Open]; a public signing key that is missing from it, because receipts
// sealed with that key must stay verifiable; another key under an id already in use. The old keys stay on any error.
func (r *Keyring) Reload(raw []byte) error {
	r.reloading.Lock()
	defer r.reloading.Unlock()
	next, err := build(raw)
	if err != nil {
		return err
	}
	old := r.keys.Load()
	var problems []error
	for id := range old.public {
		if !next.public[id] {
			problems = append(problems, fmt.Errorf("the public half of signing key %s is missing", id))
		}
	}
	problems = append(problems, otherValues(next.checks(), old.checks())...)
	if len(problems) > 0 {
		return fmt.Errorf("replacing the keys: %w", errors.Join(problems...))
	}
	r.keys.Store(next)
	return nil
}

func build(raw []byte) (*keySet, error) {
	f, err := parse(raw)
	if err != nil {
		return nil, err
	}
	built := &keySet{
		byFingerprint: make(map[fingerprint]*master, len(f.masters)),
		public:        make(map[string]bool),
		signingKeys:   f.signingKeys,
	}
	for _, secret := range f.masters {
		m, failed := newMaster(secret)
		if failed != nil {
			return nil, failed
		}
		built.masters = append(built.masters, m)
		built.byFingerprint[m.fingerprint] = m
	}
	for _, secret := range f.lookups {
		built.lookups = append(built.lookups, newLookup(secret))
	}
	public := f.public()
	for _, key := range public {
		built.public[key.KeyID] = true
	}
	built.jwks, err = encodeJWKS(public)
	if err != nil {
		return nil, err
	}
	return built, nil
}

// Checks returns the check values of all master and look-up keys, newest first within a kind.
func (r *Keyring) Checks() []Check { return r.keys.Load().checks() }

func (k *keySet) checks() []Check {
	checks := make([]Check, 0, len(k.masters)+len(k.lookups))
	for _, m := range k.masters {
		checks = append(checks, Check{string(KindMaster), m.id, m.check})
	}
	for _, l := range k.lookups {
		checks = append(checks, Check{string(KindLookup), l.id, l.check})
	}
	return checks
}

// SigningKey returns the key to sign with at a time: the newest one whose use has begun. Keys are published before
// that, so that a verifier which caches the public keys knows it by then.
//
// Errors: [ErrNoSigningKey].
func (r *Keyring) SigningKey(now time.Time) (SigningKey, error) {
	for _, s := range r.keys.Load().signingKeys {
		if !s.from.After(now) {
			return s.SigningKey, nil
		}
	}
	return SigningKey{}, ErrNoSigningKey
}

// JWKS returns all public keys, future, current and past, as a JWK Set (RFC 7517). Secrecy: public.
func (r *Keyring) JWKS() []byte { return bytes.Clone(r.keys.Load().jwks) }
