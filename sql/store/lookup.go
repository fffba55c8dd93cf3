package store

import (
	"bytes"
	"slices"

	"renzheng/keyring"
)

// ownedHash is a look-up hash with its owner and the owner's wrapped data key.
type ownedHash struct {
	Hash    []byte `db:"hash"`
	ID      string `db:"id"`
	Wrapped []byte `db:"wrapped"`
}

// missing gives the hashes that have no row yet.
func missing(hashes [][]byte, found []ownedHash) [][]byte {
	var without [][]byte
	for _, hash := range hashes {
		if !slices.ContainsFunc(found, func(f ownedHash) bool { return bytes.Equal(f.Hash, hash) }) {
			without = append(without, hash)
		}
	}
	return without
}

// plainHashes gives hashes as the drivers take them; the newest look-up key's comes first.
func plainHashes(hashes []keyring.Hash) [][]byte {
	plain := make([][]byte, len(hashes))
	for i, hash := range hashes {
		plain[i] = hash
	}
	return plain
}
