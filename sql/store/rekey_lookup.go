package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"renzheng/identity"
)

// hashTable is a table of look-up hashes.
type hashTable struct{ name, owner string }

// hashed is an owner with the hashes it should have.
type hashed struct {
	id     string
	hashes [][]byte
}

func (s *Store) rehashAccounts(ctx context.Context, tx *sqlx.Tx, after any) (moved, error) {
	var rows []struct {
		ID      string           `db:"id"`
		Channel identity.Channel `db:"channel"`
		accountUser
	}
	err := tx.SelectContext(ctx, &rows, "SELECT u.id, u.channel, "+userColumns+` FROM accounts u
		LEFT JOIN data_keys uk ON uk.owner_id = u.id WHERE u.id > ? ORDER BY u.id LIMIT ?`, after, rekeyBatch)
	if err != nil {
		return moved{}, err
	}
	m := moved{seen: len(rows), last: after}
	var owners []hashed
	for _, row := range rows {
		m.last = row.ID
		if len(row.UserWrapped) == 0 {
			continue // erased
		}
		user, failed := s.openUser(row.ID, row.accountUser)
		if failed != nil {
			return moved{}, failed
		}
		owners = append(owners, hashed{row.ID, s.accountHashes(row.Channel, user)})
	}
	m.changed, err = rehash(ctx, tx, hashTable{"account_keys", "account_id"}, owners)
	return m, err
}

func (s *Store) rehashSubjects(ctx context.Context, tx *sqlx.Tx, after any) (moved, error) {
	var rows []struct {
		ID      string `db:"id"`
		Cipher  []byte `db:"document_cipher"`
		Wrapped []byte `db:"wrapped"`
	}
	err := tx.SelectContext(ctx, &rows, `SELECT s.id, s.document_cipher, k.wrapped FROM subjects s
		LEFT JOIN data_keys k ON k.owner_id = s.id WHERE s.id > ? ORDER BY s.id LIMIT ?`, after, rekeyBatch)
	if err != nil {
		return moved{}, err
	}
	m := moved{seen: len(rows), last: after}
	var owners []hashed
	for _, row := range rows {
		m.last = row.ID
		if len(row.Wrapped) == 0 {
			continue // erased
		}
		key, failed := s.unwrap(row.ID, row.Wrapped)
		if failed != nil {
			return moved{}, failed
		}
		document, failed := openDocument(key, subjectAAD(row.ID), row.Cipher)
		if failed != nil {
			return moved{}, failed
		}
		owners = append(owners, hashed{row.ID, s.subjectHashes(document)})
	}
	m.changed, err = rehash(ctx, tx, hashTable{"subject_keys", "subject_id"}, owners)
	return m, err
}

// rehash returns every owner one row per look-up key of the file and returns how many rows that changed.
func rehash(ctx context.Context, tx *sqlx.Tx, table hashTable, owners []hashed) (int, error) {
	if len(owners) == 0 {
		return 0, nil
	}
	ids := make([]string, len(owners))
	for i, owner := range owners {
		ids[i] = owner.id
	}
	query, args, err := in("SELECT hash, "+table.owner+" AS id FROM "+table.name+" WHERE "+table.owner+" IN (?)", ids)
	if err != nil {
		return 0, err
	}
	var rows []struct {
		Hash []byte `db:"hash"`
		ID   string `db:"id"`
	}
	if err = tx.SelectContext(ctx, &rows, query, args...); err != nil {
		return 0, err
	}
	stored := map[string][][]byte{}
	for _, row := range rows {
		stored[row.ID] = append(stored[row.ID], row.Hash)
	}
	changed := 0
	for _, owner := range owners {
		n, err := rehashOne(ctx, tx, table, owner, stored[owner.id])
		if err != nil {
			return 0, err
		}
		changed += n
	}
	return changed, nil
}

func rehashOne(ctx context.Context, tx *sqlx.Tx, table hashTable, owner hashed, stored [][]byte) (int, error) {
	changed := 0
	for _, hash := range without(owner.hashes, stored) {
		_, err := tx.ExecContext(ctx, "INSERT INTO "+table.name+" (hash, "+table.owner+") VALUES (?, ?)", hash, owner.id)
		if err != nil {
			return 0, fmt.Errorf("adding a look-up hash: %w", raced(err))
		}
		changed++
	}
	for _, hash := range without(stored, owner.hashes) {
		_, err := tx.ExecContext(ctx, "DELETE FROM "+table.name+" WHERE hash = ? AND "+table.owner+" = ?", hash, owner.id)
		if err != nil {
			return 0, fmt.Errorf("deleting a look-up hash: %w", err)
		}
		changed++
	}
	return changed, nil
}
