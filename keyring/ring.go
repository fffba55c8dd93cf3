package keyring

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
)

// ErrUnknownKey says that something was sealed under a master key that is not in the key file.
var ErrUnknownKey = errors.New("sealed under a master key that is not in the key file")

// Ring gives the operations of an opened key file.
//
// Zero value: unusable, take it from [Open]. Concurrency: safe, also while [Ring.Reload] runs; each call works with
// the keys of one file from its start to its end. Secrecy: secret, though no key can be read out of it but the one
// that [Ring.Signing] returns.
type Ring struct {
	reloading sync.Mutex
	keys      atomic.Pointer[keySet]
}

// keySet is what one key file gives. It never changes once built.
type keySet struct {
	masters       []*master
	byFingerprint map[fingerprint]*master
	lookups       []*lookup
	signers       []signer
	public        map[string]bool // by key id
	jwks          []byte
}

// Open gives the ring of a key file.
//
// Errors: all problems of the file together, each with its place in the file, never with key material.
func Open(raw []byte) (*Ring, error) {
	opened, err := build(raw)
	if err != nil {
		return nil, err
	}
	ring := &Ring{}
	ring.keys.Store(opened)
	return ring, nil
}

// Reload replaces the keys by those of another file, for all calls that begin afterwards.
//
// Errors: the problems of the file as for [Open]; a public signing key that is missing from it, because receipts
// sealed with that key must stay verifiable; another key under an id already in use. The old keys stay on any error.
func (r *Ring) Reload(raw []byte) error {
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
		signers:       f.signers,
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
