package store

import (
	"context"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/keyring"
	"renzheng/verification"
)

// insertPortrait keeps the picture of a passed face under a key of its own (R33) and returns its id.
func (s *Store) insertPortrait(ctx context.Context, tx *sqlx.Tx, a verification.Attempt, picture []byte) (string, error) {
	id, err := s.newID("por_")
	if err != nil {
		return "", err
	}
	key, err := s.newOwnerKey(ctx, tx, id)
	if err != nil {
		return "", err
	}
	sealed, err := key.Seal(portraitAAD(id), picture)
	if err != nil {
		return "", err
	}
	digest := sha256.Sum256(picture)
	sealedDigest, err := key.Seal(portraitDigestAAD(id), digest[:])
	if err != nil {
		return "", err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO portraits (id, verification_id, subject_id, picture_cipher, sha256_cipher, created_at)
		VALUES (?, ?, ?, ?, ?, ?)`, id, a.VerificationID, a.SubjectID, sealed, sealedDigest, ms(a.SettledAt))
	if err != nil {
		return "", fmt.Errorf("inserting a portrait: %w", err)
	}
	return id, nil
}

// dropPortrait erases a portrait with its key. "" and one that is gone are no error.
func dropPortrait(ctx context.Context, tx *sqlx.Tx, id string) error {
	if id == "" {
		return nil
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM portraits WHERE id = ?", id); err != nil {
		return fmt.Errorf("deleting a portrait: %w", err)
	}
	return dropKey(ctx, tx, id)
}

// Portrait implements [verification.HistoryStore].
func (s *Store) Portrait(ctx context.Context, sessionID, verificationID string, now time.Time) ([]byte, error) {
	var row struct {
		ID      string `db:"id"`
		Cipher  []byte `db:"picture_cipher"`
		Wrapped []byte `db:"wrapped"`
	}
	err := s.read.GetContext(ctx, &row, `SELECT p.id, p.picture_cipher, k.wrapped FROM verifications v
		JOIN portraits p ON p.id = v.portrait_id
		JOIN data_keys k ON k.owner_id = p.id
		WHERE v.id = ? AND v.session_id = ? AND (
			(v.state = 'awaiting_acceptance' AND v.purpose = 'access' AND v.usable_until > ?)
			OR (v.state = 'passed' AND (v.purpose = 'access' OR v.usable_until > ?) AND `+itsGrant+`))`,
		verificationID, sessionID, ms(now), ms(now), ms(now))
	if noRow(err) {
		err = verification.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("reading a portrait: %w", err)
	}
	key, err := s.unwrap(row.ID, row.Wrapped)
	if err != nil {
		return nil, err
	}
	return key.Open(portraitAAD(row.ID), row.Cipher)
}

func (s *Store) openPicture(portraitID string, cipher, wrapped []byte) ([]byte, error) {
	key, err := s.unwrap(portraitID, wrapped)
	if err != nil {
		return nil, err
	}
	return key.Open(portraitAAD(portraitID), cipher)
}

func portraitAAD(id string) keyring.AssociatedData {
	return keyring.AssociatedData{Table: "portraits", Column: "picture_cipher", Row: id}
}

func portraitDigestAAD(id string) keyring.AssociatedData {
	return keyring.AssociatedData{Table: "portraits", Column: "sha256_cipher", Row: id}
}
