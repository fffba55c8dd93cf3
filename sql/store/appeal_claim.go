package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"renzheng/appeal"
)

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
