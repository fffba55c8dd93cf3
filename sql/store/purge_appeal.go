package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/retention"
)

// The guards of a purge of appeals and materials: they change the row, so that another transaction that changes it waits.
const (
	freeOfHold    = " AND NOT EXISTS (" + heldBySubject + ")"
	guardMaterial = "UPDATE appeal_materials SET turn = turn + 1 WHERE id = ? AND delete_after > 0 AND delete_after <= ?" + freeOfHold
	guardAppeal   = "UPDATE appeals SET turn = turn + 1 WHERE id = ? AND kept_from <= ?" + freeOfHold
	guardUnsent   = "UPDATE appeals SET turn = turn + 1 WHERE id = ? AND kept_from <= ? AND state IN ('draft', 'withdrawn')" + freeOfHold
)

// purgeMaterials erases pictures and videos whose time has come.
func (s *Store) purgeMaterials(ctx context.Context, c retention.Cut, limit int) (retention.Batch, error) {
	return s.purgeEach(ctx, c, limit, func(ctx context.Context, tx *sqlx.Tx, id string) error {
		if err := kept(exactlyOne(tx.ExecContext(ctx, guardMaterial, id, ms(c.Before)))); err != nil {
			return fmt.Errorf("taking material to delete: %w", err)
		}
		return dropMaterials(ctx, tx, "id = ?", id)
	})
}

// purgeAppeals erases appeals with everything of them, and the person if nothing else names them.
func (s *Store) purgeAppeals(ctx context.Context, c retention.Cut, now time.Time, limit int) (retention.Batch, error) {
	guard := guardAppeal
	if c.Class == retention.UnsentAppeals {
		guard = guardUnsent
	}
	return s.purgeEach(ctx, c, limit, func(ctx context.Context, tx *sqlx.Tx, id string) error {
		if err := kept(exactlyOne(tx.ExecContext(ctx, guard, id, ms(c.Before)))); err != nil {
			return fmt.Errorf("taking an appeal to delete: %w", err)
		}
		var subjectID string
		if err := tx.GetContext(ctx, &subjectID, "SELECT subject_id FROM appeals WHERE id = ?", id); err != nil {
			return fmt.Errorf("reading an appeal to delete: %w", err)
		}
		if err := dropAppeals(ctx, tx, "id = ?", id); err != nil {
			return err
		}
		return dropUnseenSubject(ctx, tx, subjectID, now)
	})
}
