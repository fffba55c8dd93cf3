package keyring

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
)

// Use is what a look-up hash is for. Each use has a key of its own, so that equal values of different uses cannot be
// told to be equal.
type Use string

// The uses of look-up hashes.
const (
	UseSubject     Use = "subject"     // documents, to find the subject
	UseAccount     Use = "account"     // a channel's user id
	UseCard        Use = "card"        // bank card numbers, for the networks' limits
	UseIdempotency Use = "idempotency" // bodies of idempotent calls
	UseCode        Use = "code"        // authorization codes and session tokens
	UseStrokes     Use = "strokes"     // handwriting, to refuse the same strokes twice
	UseSupport     Use = "support"     // a person's id towards the service account of technical support
)

// Hash is the keyed hash by which a value is found without being stored.
//
// Shape: 32 bytes, HMAC-SHA256. Secrecy: safe to store; whoever lacks the look-up key can neither make nor test one.
type Hash []byte

// lookup is what is kept of a look-up key: one key per use.
type lookup struct {
	id    string
	uses  map[Use][]byte
	root  []byte
	check []byte
}

func newLookup(secret secretKey) *lookup {
	l := &lookup{
		id:    secret.id,
		uses:  map[Use][]byte{},
		root:  derive(secret.key, "lookup"),
		check: derive(secret.key, "check"),
	}
	for _, use := range [...]Use{UseSubject, UseAccount, UseCard, UseIdempotency, UseCode, UseStrokes, UseSupport} {
		l.uses[use] = derive(l.root, string(use))
	}
	return l
}

// Hash gives the hash of parts under the newest look-up key, for writing where one hash is kept.
//
// Parts are hashed behind their lengths: ("ab", "c") and ("a", "bc") differ.
func (r *Ring) Hash(u Use, parts ...string) Hash {
	return r.keys.Load().lookups[0].hash(u, parts)
}

// Hashes gives the hash of parts under every look-up key, newest first: for reading, and for writing where every
// version is kept so that rotation makes no twins.
func (r *Ring) Hashes(u Use, parts ...string) []Hash {
	lookups := r.keys.Load().lookups
	hashes := make([]Hash, len(lookups))
	for i, l := range lookups {
		hashes[i] = l.hash(u, parts)
	}
	return hashes
}

func (l *lookup) hash(u Use, parts []string) Hash {
	key, ok := l.uses[u]
	if !ok {
		key = derive(l.root, string(u))
	}
	mac := hmac.New(sha256.New, key)
	var length [8]byte
	for _, part := range parts {
		binary.BigEndian.PutUint64(length[:], uint64(len(part)))
		mac.Write(length[:])
		mac.Write([]byte(part))
	}
	return mac.Sum(nil)
}
