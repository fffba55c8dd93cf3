package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/verification/policy"
)

// anyCheck selects all checks of a verification.
const anyCheck policy.CheckKind = ""

// supersede closes the open attempts of a check (R10). An attempt that reached its provider stays undecided and keeps
// its tries until the provider's result is recorded (R63). Otherwise a person could undo a failed face, or a query
// under way, by leaving it. Only the tries of a face that was shown to nobody are released at once.
func supersede(ctx context.Context, tx *sqlx.Tx, verificationID string, kind policy.CheckKind, now time.Time) error {
	var open []string
	err := tx.SelectContext(ctx, &open, `SELECT id FROM attempts
		WHERE verification_id = ? AND state IN ('open', 'unknown') AND (? = '' OR kind = ?)`, verificationID, kind, kind)
	if err != nil {
		return fmt.Errorf("listing open attempts: %w", err)
	}
	for _, id := range open {
		err = supersedeOne(ctx, tx, id, now)
		if err != nil {
			return fmt.Errorf("superseding an attempt: %w", lost(err))
		}
	}
	return nil
}

// supersedeOne closes one attempt. It makes a face due at once, because the provider may already have decided it.
func supersedeOne(ctx context.Context, tx *sqlx.Tx, id string, now time.Time) error {
	const closes = "UPDATE attempts SET state = 'superseded', settled_at = ?, call_cipher = NULL"
	err := exactlyOne(tx.ExecContext(ctx, closes+`, undecided = 0
		WHERE id = ? AND state IN ('open', 'unknown') AND kind = 'face' AND provider_id IS NULL`, ms(now), id))
	switch {
	case err == nil:
		taken, failed := reservedBy(ctx, tx, id)
		if failed != nil {
			return failed
		}
		return change(ctx, tx, taken, releasedUnlessCounted, giveBack)
	case !errors.Is(err, errNotOne):
		return err
	}
	return exactlyOne(tx.ExecContext(ctx, closes+`, next_try_at = CASE WHEN kind = 'face' AND next_try_at > ? THEN ? ELSE next_try_at END
		WHERE id = ? AND state IN ('open', 'unknown')`, ms(now), ms(now), ms(now), id))
}
