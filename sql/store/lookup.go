package store

import (
	"bytes"
	"slices"

	"renzheng/keyring"
)

// ownedHash is a look-up hash with its owner and the owner's wrapped data key.
type ownedHash struct {
	Hash     []byte `db:"hash"`
	ID       string `db:"id"`
	Wrapped  []byte `db:"wrapped"`
	ErasedAt int64  `db:"erased_at"` // of the owner; 0 while it is live
}

// foundSubject is a subject that a look-up hash leads to.
type foundSubject struct {
	ownedHash

	Cipher   []byte `db:"document_cipher"`
	FreezeID string `db:"freeze_id"` // "" unless the person has frozen their number
}

// foundAccount is an account that a look-up hash leads to.
type foundAccount struct {
	ownedHash
	accountUser
}

func (h ownedHash) hash() []byte { return h.Hash }

// missing returns the hashes that have no row yet.
func missing[R interface{ hash() []byte }](hashes [][]byte, found ...R) [][]byte {
	rows := make([][]byte, len(found))
	for i, row := range found {
		rows[i] = row.hash()
	}
	return without(hashes, rows)
}

// misled reports a look-up hash that leads to an owner whom it was not made of.
func (s *Store) misled(table, owner string) error {
	found := AlteredError{table, owner}
	s.report(found)
	return &found
}

// plainHashes returns hashes as the drivers take them; the newest look-up key's comes first.
func plainHashes(hashes []keyring.Hash) [][]byte {
	plain := make([][]byte, len(hashes))
	for i, hash := range hashes {
		plain[i] = hash
	}
	return plain
}

// without returns the hashes that are not among others.
func without(hashes, others [][]byte) [][]byte {
	var left [][]byte
	for _, hash := range hashes {
		if !slices.ContainsFunc(others, func(other []byte) bool { return bytes.Equal(other, hash) }) {
			left = append(left, hash)
		}
	}
	return left
}
