package store

import (
	"context"
	"fmt"

	"renzheng/appeal"
	"renzheng/keyring"
)

// addReadings adds what was read to the materials of an appeal.
func (s *Store) addReadings(ctx context.Context, q querier, key keyring.DataKey, appealID string, materials []appeal.Material) error {
	var rows []readingRow
	err := q.SelectContext(ctx, &rows, "SELECT "+readingColumns+" FROM appeal_readings r WHERE r.appeal_id = ?", appealID)
	if err != nil {
		return fmt.Errorf("reading the readings of an appeal: %w", err)
	}
	for _, row := range rows {
		for i := range materials {
			if materials[i].ID != row.MaterialID {
				continue
			}
			if materials[i].Reading, err = s.shownReading(ctx, q, key, row); err != nil {
				return err
			}
		}
	}
	return nil
}

// shownReading opens a reading. One that does not fit its tag is reported, and shown as a photo that was not read: a reviewer reads it.
func (s *Store) shownReading(ctx context.Context, q querier, key keyring.DataKey, row readingRow) (appeal.PhotoReading, error) {
	err := s.verify(ctx, q, row)
	switch {
	case altered(err):
		return appeal.PhotoReading{State: appeal.NotRead}, nil
	case err != nil:
		return appeal.PhotoReading{}, err
	}
	return row.reading(key)
}

// typedDocument adds the document that was typed for the verification of an appeal, which a reviewer has opened. It may be gone.
func (s *Store) typedDocument(ctx context.Context, q querier, a *appeal.Appeal) error {
	var row struct {
		Cipher  []byte `db:"document_cipher"`
		Wrapped []byte `db:"wrapped"`
	}
	err := q.GetContext(ctx, &row, `SELECT v.document_cipher, k.wrapped FROM verifications v JOIN data_keys k ON k.owner_id = v.subject_id
		WHERE v.id = ? AND v.account_id = ? AND v.subject_id = ?`, a.VerificationID, a.AccountID, a.SubjectID)
	if noRow(err) || err == nil && len(row.Cipher) == 0 {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading the document of an appeal: %w", err)
	}
	key, err := s.unwrap(a.SubjectID, row.Wrapped)
	if err == nil {
		a.Typed, err = openDocument(key, verificationAAD(a.VerificationID), row.Cipher)
	}
	return err
}
