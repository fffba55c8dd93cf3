package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"renzheng/appeal"
	"renzheng/keyring"
)

var _ appeal.MaterialStore = (*Store)(nil)

// openForMaterial changes an appeal of the account to which materials may be added, so that other transactions wait.
const openForMaterial = "UPDATE appeals SET turn = turn + 1, kept_from = ? WHERE id = ? AND account_id = ? AND state IN ('draft', 'question')"

// AddMaterial implements [appeal.MaterialStore].
func (s *Store) AddMaterial(ctx context.Context, accountID string, m appeal.Material) (appeal.Material, error) {
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		_, err := s.stepAppeal(ctx, tx, accountID, appealStep{m.AppealID, openForMaterial, []any{ms(m.CreatedAt), m.AppealID, accountID}})
		if err != nil {
			return err
		}
		if err = materialsWithin(ctx, tx, m); err != nil {
			return err
		}
		if m.ID, err = s.newID("mat_"); err != nil {
			return err
		}
		if _, err = s.newOwnerKey(ctx, tx, m.ID); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO appeal_materials (id, appeal_id, account_id, subject_id, item, kind, state, bytes, parts, created_at, delete_after)
			SELECT ?, x.id, x.account_id, x.subject_id, ?, ?, 'uploading', ?, ?, ?, ? FROM appeals x WHERE x.id = ?`,
			m.ID, m.Item, string(m.Kind), m.Bytes, m.Parts, ms(m.CreatedAt), ms(m.CreatedAt.Add(appeal.DraftLife)), m.AppealID)
		return err
	})
	if err != nil {
		return appeal.Material{}, fmt.Errorf("storing material: %w", err)
	}
	return m, nil
}

// materialsWithin returns ErrBounds if an appeal has too many materials or bytes for one more.
func materialsWithin(ctx context.Context, tx *sqlx.Tx, m appeal.Material) error {
	var has struct {
		N     int   `db:"n"`
		Bytes int64 `db:"bytes"`
	}
	err := tx.GetContext(ctx, &has, "SELECT COUNT(*) AS n, COALESCE(SUM(bytes), 0) AS bytes FROM appeal_materials WHERE appeal_id = ?", m.AppealID)
	if err != nil {
		return fmt.Errorf("counting the materials of an appeal: %w", err)
	}
	if has.N >= appeal.MaxMaterials || has.Bytes+m.Bytes > appeal.MaxTotalBytes {
		return appeal.ErrBounds
	}
	return nil
}

// Material implements [appeal.MaterialStore].
func (s *Store) Material(ctx context.Context, accountID, appealID, id string) (appeal.Material, error) {
	var row materialRow
	err := s.read.GetContext(ctx, &row, "SELECT "+materialColumns+" FROM appeal_materials m WHERE m.id = ? AND m.appeal_id = ? AND m.account_id = ?", id, appealID, accountID)
	if noRow(err) {
		return appeal.Material{}, appeal.ErrNotFound
	}
	if err != nil {
		return appeal.Material{}, fmt.Errorf("reading material: %w", err)
	}
	m := row.material()
	if m.State == appeal.Uploading {
		m.Received, err = receivedOf(ctx, s.read, id)
	}
	return m, err
}

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

// PutCopy implements [appeal.MaterialStore].
func (s *Store) PutCopy(ctx context.Context, p appeal.Part) error {
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		return s.putPart(ctx, tx, p, "UPDATE appeal_materials SET turn = turn + 1 WHERE id = ? AND state = 'uploading'", p.MaterialID)
	})
}

func (s *Store) putPart(ctx context.Context, tx *sqlx.Tx, p appeal.Part, guard string, args ...any) error {
	err := exactlyOne(tx.ExecContext(ctx, guard, args...))
	if errors.Is(err, errNotOne) {
		return appeal.ErrNotOpen
	}
	if err != nil {
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

// FinishMaterial implements [appeal.MaterialStore].
func (s *Store) FinishMaterial(ctx context.Context, m appeal.Material) error {
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		err := exactlyOne(tx.ExecContext(ctx, `UPDATE appeal_materials SET state = ?, turn = turn + 1, reason = ?, bytes = ?, parts = ?, copy_id = ?, media_type = ?,
			width = ?, height = ?, milliseconds = ? WHERE id = ? AND state = 'uploading'`,
			string(m.State), string(m.Reason), m.Bytes, m.Parts, m.CopyID, m.Info.MediaType, m.Info.Width, m.Info.Height, m.Info.Milliseconds, m.ID))
		if errors.Is(err, errNotOne) {
			return appeal.ErrNotOpen
		}
		if err != nil {
			return err
		}
		query, args := "DELETE FROM appeal_parts WHERE material_id = ? AND copy_id <> ?", []any{m.ID, m.CopyID}
		if m.State != appeal.Ready {
			query, args = "DELETE FROM appeal_parts WHERE material_id = ?", args[:1]
		}
		_, err = tx.ExecContext(ctx, query, args...)
		return err
	})
}

// RemoveMaterial implements [appeal.MaterialStore].
func (s *Store) RemoveMaterial(ctx context.Context, accountID, appealID, id string) error {
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		var exists bool
		err := tx.GetContext(ctx, &exists, "SELECT EXISTS (SELECT 1 FROM appeal_materials WHERE id = ? AND appeal_id = ? AND account_id = ?)", id, appealID, accountID)
		if err == nil && !exists {
			err = appeal.ErrNotFound
		}
		if err != nil {
			return err
		}
		_, err = s.stepAppeal(ctx, tx, accountID, appealStep{
			appealID, "UPDATE appeals SET turn = turn + 1 WHERE id = ? AND account_id = ? AND state IN ('draft', 'question')", []any{appealID, accountID},
		})
		if err != nil {
			return err
		}
		return dropMaterials(ctx, tx, "id = ? AND appeal_id = ?", id, appealID)
	})
}
