package store

import (
	"context"
	"errors"
	"fmt"
	"time"

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
		row := materialRow{
			ID: m.ID, AppealID: m.AppealID, AccountID: accountID, Item: m.Item, Kind: string(m.Kind), State: string(appeal.Uploading),
			Bytes: m.Bytes, Parts: int64(m.Parts), CreatedAt: ms(m.CreatedAt),
		}
		if err = tx.GetContext(ctx, &row.SubjectID, "SELECT x.subject_id FROM appeals x WHERE x.id = ? AND x.account_id = ?", m.AppealID, accountID); err != nil {
			return fmt.Errorf("reading whose material it is: %w", err)
		}
		return insertRows(ctx, tx, "INSERT INTO appeal_materials (id, appeal_id, account_id, subject_id, item, kind, state, bytes, parts, created_at, delete_after, tag)", [][]any{{
			row.ID, row.AppealID, row.AccountID, row.SubjectID, row.Item, row.Kind, row.State, row.Bytes, row.Parts, row.CreatedAt,
			ms(m.CreatedAt.Add(appeal.DraftLife)), s.tag(row),
		}})
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
	if err == nil {
		err = s.verify(ctx, s.read, row)
	}
	if err != nil {
		return appeal.Material{}, fmt.Errorf("reading material: %w", err)
	}
	m := row.material()
	if unfinished(m) {
		m.Received, err = receivedOf(ctx, s.read, id)
	}
	return m, err
}

// unfinished reports whether parts of a material as it arrived are stored.
func unfinished(m appeal.Material) bool {
	return m.State == appeal.Uploading || m.State == appeal.Checking
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

// claimed is a condition with the parameters id and copy: the claim holds a material.
const claimed = "id = ? AND state = 'checking' AND copy_id = ?"

// claimable is a condition with the parameter now: no claim holds an unfinished material.
const claimable = "(state = 'uploading' OR state = 'checking' AND claimed_until <= ?)"

// ClaimMaterial implements [appeal.MaterialStore].
func (s *Store) ClaimMaterial(ctx context.Context, accountID, appealID string, c appeal.Claim) error {
	rejected := false
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		rejected = false
		err := s.changeMaterial(ctx, tx, c.MaterialID, func() error {
			err := exactlyOne(tx.ExecContext(ctx, `UPDATE appeal_materials SET state = 'checking', turn = turn + 1, copy_id = ?, claimed_until = ?, claims = claims + 1
				WHERE id = ? AND appeal_id = ? AND account_id = ? AND claims < ? AND `+claimable+`
				AND EXISTS (SELECT 1 FROM appeals x WHERE x.id = appeal_materials.appeal_id AND x.state IN ('draft', 'question'))`,
				c.CopyID, ms(c.Until), c.MaterialID, appealID, accountID, c.Most, ms(c.Now)))
			if errors.Is(err, errNotOne) {
				rejected, err = rejectOften(ctx, tx, accountID, appealID, c)
			}
			return err
		})
		if err != nil || rejected {
			return err
		}
		if err = dropParts(ctx, tx, "material_id = ? AND copy_id <> ''", c.MaterialID); err != nil {
			return err
		}
		var complete bool
		err = tx.GetContext(ctx, &complete, `SELECT (SELECT COUNT(*) FROM appeal_parts p WHERE p.material_id = m.id AND p.copy_id = '') = m.parts
			FROM appeal_materials m WHERE m.id = ? AND m.appeal_id = ?`, c.MaterialID, appealID)
		if err == nil && !complete {
			err = appeal.ErrIncomplete
		}
		return err
	})
	if err == nil && rejected {
		return appeal.ErrNotOpen
	}
	return err
}

// rejectOften rejects a material that was claimed as often as allowed. If it cannot be claimed for another reason, it returns that.
func rejectOften(ctx context.Context, tx *sqlx.Tx, accountID, appealID string, c appeal.Claim) (bool, error) {
	n, err := rowsMatched(tx.ExecContext(ctx, `UPDATE appeal_materials SET state = 'rejected', turn = turn + 1, copy_id = '', claimed_until = 0, reason = ?
		WHERE id = ? AND appeal_id = ? AND account_id = ? AND claims >= ? AND `+claimable,
		string(c.Reason), c.MaterialID, appealID, accountID, c.Most, ms(c.Now)))
	if err != nil {
		return false, err
	}
	if n == 1 {
		return true, dropParts(ctx, tx, "material_id = ?", c.MaterialID)
	}
	var held []bool
	err = tx.SelectContext(ctx, &held, "SELECT state = 'checking' AND claimed_until > ? FROM appeal_materials WHERE id = ? AND appeal_id = ? AND account_id = ?",
		ms(c.Now), c.MaterialID, appealID, accountID)
	switch {
	case err != nil:
		return false, fmt.Errorf("reading the state of material: %w", err)
	case len(held) == 0:
		return false, appeal.ErrNotFound
	case held[0]:
		return false, appeal.ErrChecking
	}
	return false, appeal.ErrNotOpen
}

func dropParts(ctx context.Context, tx *sqlx.Tx, which string, args ...any) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM appeal_parts WHERE "+which, args...); err != nil {
		return fmt.Errorf("deleting parts of material: %w", err)
	}
	return nil
}

// ReleaseMaterial implements [appeal.MaterialStore].
func (s *Store) ReleaseMaterial(ctx context.Context, r appeal.Release) error {
	uncounted := 0
	if r.Uncounted {
		uncounted = 1
	}
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		err := s.changeMaterial(ctx, tx, r.MaterialID, func() error {
			return open(exactlyOne(tx.ExecContext(ctx, `UPDATE appeal_materials SET state = 'uploading', turn = turn + 1, copy_id = '', claimed_until = 0, claims = claims - ?
				WHERE `+claimed, uncounted, r.MaterialID, r.CopyID)))
		})
		if err != nil {
			return err
		}
		return dropParts(ctx, tx, "material_id = ? AND copy_id <> ''", r.MaterialID)
	})
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

// FinishMaterial implements [appeal.MaterialStore].
func (s *Store) FinishMaterial(ctx context.Context, m appeal.Material) error {
	kept := "" // the copy that stays
	if m.State == appeal.Ready {
		kept = m.CopyID
	}
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		// A proposal waits, and then erases what arrives too late for it.
		err := open(exactlyOne(tx.ExecContext(ctx, `UPDATE appeals SET turn = turn + 1 WHERE state IN ('draft', 'question')
			AND id = (SELECT m.appeal_id FROM appeal_materials m WHERE m.id = ?)`, m.ID)))
		if err != nil {
			return err
		}
		err = s.changeMaterial(ctx, tx, m.ID, func() error {
			return open(exactlyOne(tx.ExecContext(ctx, `UPDATE appeal_materials SET state = ?, turn = turn + 1, reason = ?, bytes = ?, parts = ?, copy_id = ?, media_type = ?,
				width = ?, height = ?, milliseconds = ?, claimed_until = 0 WHERE `+claimed,
				string(m.State), string(m.Reason), m.Bytes, m.Parts, kept, m.Info.MediaType, m.Info.Width, m.Info.Height, m.Info.Milliseconds, m.ID, m.CopyID)))
		})
		if err != nil {
			return err
		}
		if kept == "" {
			return dropParts(ctx, tx, "material_id = ?", m.ID)
		}
		return dropParts(ctx, tx, "material_id = ? AND copy_id <> ?", m.ID, kept)
	})
}

// open returns ErrNotOpen instead of errNotOne.
func open(err error) error {
	if errors.Is(err, errNotOne) {
		return appeal.ErrNotOpen
	}
	return err
}

// RemoveMaterial implements [appeal.MaterialStore].
func (s *Store) RemoveMaterial(ctx context.Context, accountID, appealID, id string, now time.Time) error {
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
		err = open(exactlyOne(tx.ExecContext(ctx, `UPDATE appeal_materials SET turn = turn + 1 WHERE id = ? AND appeal_id = ?
			AND NOT (state = 'checking' AND claimed_until > ?)`, id, appealID, ms(now))))
		if err != nil {
			return err
		}
		return dropMaterials(ctx, tx, "id = ? AND appeal_id = ?", id, appealID)
	})
}
