package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/identity"
	"renzheng/keyring"
)

// subject is a natural person with the data key of everything about them.
type subject struct {
	ID  string
	Key keyring.DataKey
}

// findOrCreateSubject gives the subject of a document, by type and number (R1). Two replicas that create it at once
// end with one: the slower one's transaction is repeated and finds it.
func (s *Store) findOrCreateSubject(ctx context.Context, tx *sqlx.Tx, d identity.Document, now time.Time) (subject, error) {
	hashes := s.subjectHashes(d)
	query, args, err := in(`SELECT k.hash, k.subject_id AS id, d.wrapped FROM subject_keys k
		LEFT JOIN data_keys d ON d.owner_id = k.subject_id WHERE k.hash IN (?)`, hashes)
	if err != nil {
		return subject{}, err
	}
	var found []ownedHash
	if err = tx.SelectContext(ctx, &found, query, args...); err != nil {
		return subject{}, fmt.Errorf("finding a subject: %w", err)
	}
	if len(found) == 0 {
		return s.createSubject(ctx, tx, d, now)
	}
	key, err := s.unwrap(found[0].ID, found[0].Wrapped)
	if err != nil {
		return subject{}, err
	}
	for _, hash := range missing(hashes, found) {
		if err = insertSubjectHash(ctx, tx, hash, found[0].ID); err != nil {
			return subject{}, err
		}
	}
	return subject{found[0].ID, key}, nil
}

func (s *Store) createSubject(ctx context.Context, tx *sqlx.Tx, d identity.Document, now time.Time) (subject, error) {
	id, err := s.newID("sub_")
	if err != nil {
		return subject{}, err
	}
	key, err := s.newOwnerKey(ctx, tx, id)
	if err != nil {
		return subject{}, err
	}
	sealed, err := sealDocument(key, subjectPlace(id), d)
	if err != nil {
		return subject{}, err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO subjects (id, document_cipher, created_at) VALUES (?, ?, ?)", id, sealed, ms(now))
	if err != nil {
		return subject{}, fmt.Errorf("inserting a subject: %w", err)
	}
	for _, hash := range s.subjectHashes(d) {
		if err = insertSubjectHash(ctx, tx, hash, id); err != nil {
			return subject{}, err
		}
	}
	return subject{id, key}, nil
}

func subjectPlace(id string) keyring.Place {
	return keyring.Place{Table: "subjects", Column: "document_cipher", Row: id}
}

// subjectHashes gives the hashes of a document under every look-up key, newest first.
func (s *Store) subjectHashes(d identity.Document) [][]byte {
	return plainHashes(s.ring.Hashes(keyring.UseSubject, string(d.Type), d.Number.Reveal()))
}

func insertSubjectHash(ctx context.Context, tx *sqlx.Tx, hash []byte, id string) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO subject_keys (hash, subject_id) VALUES (?, ?)", hash, id)
	if err != nil {
		return fmt.Errorf("inserting a subject's look-up hash: %w", raced(err))
	}
	return nil
}
