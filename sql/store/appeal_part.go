package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"renzheng/appeal"
	"renzheng/keyring"
)

func partAAD(p appeal.Part) keyring.AssociatedData {
	return appealAAD("appeal_parts", "data_cipher", fmt.Sprintf("%s|%s|%d", p.MaterialID, p.CopyID, p.Number))
}

// PutPart implements [appeal.MaterialStore].
func (s *Store) PutPart(ctx context.Context, accountID, appealID string, p appeal.Part) error {
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		return s.putPart(ctx, tx, p, `UPDATE appeal_materials SET turn = turn + 1 WHERE id = ? AND appeal_id = ? AND account_id = ? AND state = 'uploading'
			AND EXISTS (SELECT 1 FROM appeals x WHERE x.id = appeal_materials.appeal_id AND x.state IN ('draft', 'question'))`, p.MaterialID, appealID, accountID)
	})
}

func dropParts(ctx context.Context, tx *sqlx.Tx, which string, args ...any) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM appeal_parts WHERE "+which, args...); err != nil {
		return fmt.Errorf("deleting parts of material: %w", err)
	}
	return nil
}

// PutCopy implements [appeal.MaterialStore].
func (s *Store) PutCopy(ctx context.Context, p appeal.Part) error {
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		return s.putPart(ctx, tx, p, "UPDATE appeal_materials SET turn = turn + 1 WHERE "+claimed, p.MaterialID, p.CopyID)
	})
}

func (s *Store) putPart(ctx context.Context, tx *sqlx.Tx, p appeal.Part, guard string, args ...any) error {
	if err := open(exactlyOne(tx.ExecContext(ctx, guard, args...))); err != nil {
		return err
	}
	key, err := s.ownerKey(ctx, tx, p.MaterialID)
	if err != nil {
		return err
	}
	sealed, err := key.Seal(partAAD(p), p.Data)
	if err != nil {
		return err
	}
	if _, err = tx.ExecContext(ctx, "DELETE FROM appeal_parts WHERE material_id = ? AND copy_id = ? AND number = ?", p.MaterialID, p.CopyID, p.Number); err != nil {
		return fmt.Errorf("replacing a part: %w", err)
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO appeal_parts (material_id, copy_id, number, data_cipher) VALUES (?, ?, ?, ?)", p.MaterialID, p.CopyID, p.Number, sealed)
	return raced(err)
}

// ReadPart implements [appeal.MaterialStore].
func (s *Store) ReadPart(ctx context.Context, materialID, copyID string, number int) ([]byte, error) {
	var row struct {
		Cipher  []byte `db:"data_cipher"`
		Wrapped []byte `db:"wrapped"`
	}
	err := s.read.GetContext(ctx, &row, `SELECT p.data_cipher, k.wrapped FROM appeal_parts p JOIN data_keys k ON k.owner_id = p.material_id
		WHERE p.material_id = ? AND p.copy_id = ? AND p.number = ?`, materialID, copyID, number)
	if noRow(err) {
		return nil, appeal.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("reading a part: %w", err)
	}
	key, err := s.unwrap(materialID, row.Wrapped)
	if err != nil {
		return nil, err
	}
	return key.Open(partAAD(appeal.Part{MaterialID: materialID, CopyID: copyID, Number: number}), row.Cipher)
}
