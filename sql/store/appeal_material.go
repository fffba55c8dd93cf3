package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/appeal"
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
