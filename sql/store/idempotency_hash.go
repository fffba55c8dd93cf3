package store

import (
	"renzheng/keyring"
	"renzheng/session"
)

// idempotencyHash is an Idempotency-Key and its body under one look-up key.
type idempotencyHash struct {
	Key, Body []byte
}

// idempotencyHashes returns a key under every look-up key: rows are read under all of them and written under the first.
// Rows live for a day, so they are not rewritten when a look-up key is rotated.
func (s *Store) idempotencyHashes(i session.Idempotency) []idempotencyHash {
	keys := s.ring.Hashes(keyring.ForIdempotency, "key", i.Principal, i.Route, i.Key)
	bodies := s.ring.Hashes(keyring.ForIdempotency, "body", i.Principal, i.Route, string(i.Body))
	hashes := make([]idempotencyHash, min(len(keys), len(bodies))) // they differ where a reload came between
	for n := range hashes {
		hashes[n] = idempotencyHash{keys[n], bodies[n]}
	}
	return hashes
}

func keyHashes(hashes []idempotencyHash) [][]byte {
	keys := make([][]byte, len(hashes))
	for n, hash := range hashes {
		keys[n] = hash.Key
	}
	return keys
}
