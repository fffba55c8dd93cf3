package store

import (
	"bytes"
	"context"
	"encoding/hex"
	"slices"

	"github.com/jmoiron/sqlx"

	"renzheng/keyring"
	"renzheng/staff"
)

// ownPerson has the hashes of a member's own document under every look-up key as m.own and p.hash, with the parameter ownHash.
const ownPerson = "(SELECT ? AS own) m LEFT JOIN staff_persons p ON p.person = m.own"

// isOwnHash is whether o.hash is of a member's own document, under whatever look-up key, with the parameter ownHash.
const isOwnHash = "EXISTS (SELECT 1 FROM " + ownPerson + " WHERE o.hash = m.own OR o.hash = p.hash)"

// ownHash returns the hash that names a member's own document, as bytes. It is empty if the provider does not claim the document; no stored hash is empty.
func ownHash(m staff.Member) []byte {
	hash, err := hex.DecodeString(m.Subject)
	if err != nil {
		return []byte{}
	}
	return hash
}

// seePerson returns the hash that names the person of a document. It stays the same when look-up keys are rotated, as long as one of
// the keys under which the document was seen is in use. Without a document it is empty.
func (s *Store) seePerson(ctx context.Context, tx *sqlx.Tx, n staff.NewSession) ([]byte, error) {
	d := n.Identity.Document
	if d == nil {
		return nil, nil
	}
	hashes := plainHashes(s.ring.Hashes(keyring.ForSubject, string(d.Type), d.Number.Reveal()))
	query, args, err := in("SELECT hash, person FROM staff_persons WHERE hash IN (?) ORDER BY seen_at", hashes)
	if err != nil {
		return nil, err
	}
	var found []struct {
		Hash   []byte `db:"hash"`
		Person []byte `db:"person"`
	}
	if err = tx.SelectContext(ctx, &found, query, args...); err != nil {
		return nil, err
	}
	person, known := hashes[0], make([][]byte, len(found))
	for i, row := range found {
		person, known[i] = row.Person, row.Hash
	}
	for _, hash := range without(hashes, known) {
		if _, err = tx.ExecContext(ctx, "INSERT INTO staff_persons (hash, person, seen_at) VALUES (?, ?, ?)", hash, person, ms(n.Now)); err != nil {
			return nil, raced(err)
		}
	}
	_, err = tx.ExecContext(ctx, "UPDATE staff_persons SET seen_at = ? WHERE person = ?", ms(n.Now), person)
	return person, err
}

// ownHashes are the hashes of a member's own document under every look-up key.
type ownHashes [][]byte

func ownHashesOf(ctx context.Context, q querier, m staff.Member) (ownHashes, error) {
	own := ownHash(m)
	if len(own) == 0 {
		return nil, nil
	}
	var all [][]byte
	err := q.SelectContext(ctx, &all, "SELECT hash FROM staff_persons WHERE person = ?", own)
	return append(all, own), err
}

// has reports whether a hash is of the member's document. An empty one is nobody's.
func (o ownHashes) has(hash []byte) bool {
	return len(hash) > 0 && slices.ContainsFunc(o, func(own []byte) bool { return bytes.Equal(own, hash) })
}
