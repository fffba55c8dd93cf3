package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/verification"
	"renzheng/verification/policy"
)

// anyCheck selects all checks of a verification.
const anyCheck policy.CheckKind = ""

// supersede closes the open attempts of a check (R10). An attempt that reached its provider stays undecided and keeps
// its tries until the provider's result is recorded (R63). Otherwise a person could undo a failed face, or a query
// under way, by leaving it. Only the tries of a face that was shown to nobody are released at once.
func (s *Store) supersede(ctx context.Context, tx *sqlx.Tx, verificationID string, kind policy.CheckKind, now time.Time) error {
	var open []heldAttempt
	err := tx.SelectContext(ctx, &open, "SELECT "+attemptColumns+`, a.budgets FROM attempts a
		WHERE a.verification_id = ? AND a.state IN ('open', 'unknown') AND (? = '' OR a.kind = ?)`, verificationID, kind, kind)
	if err != nil {
		return fmt.Errorf("listing open attempts: %w", err)
	}
	for _, a := range open {
		err = s.supersedeOne(ctx, tx, a, now)
		if err != nil && !altered(err) { // an altered one is of no use to anybody
			return fmt.Errorf("superseding an attempt: %w", lost(err))
		}
	}
	return nil
}

// supersedeOne closes one attempt. It makes a face due at once, because the provider may already have decided it.
func (s *Store) supersedeOne(ctx context.Context, tx *sqlx.Tx, a heldAttempt, now time.Time) error {
	if err := s.verify(ctx, tx, a.attemptState); err != nil {
		return err
	}
	const closes = "UPDATE attempts SET state = 'superseded', settled_at = ?, call_cipher = NULL, tag = ?"
	closed := a.attemptState
	closed.State, closed.SettledAt = string(verification.AttemptSuperseded), ms(now)
	if a.Kind == string(policy.Face) && a.ProviderID == nil {
		closed.Undecided = false
		err := exactlyOne(tx.ExecContext(ctx, closes+`, undecided = 0
			WHERE id = ? AND state IN ('open', 'unknown') AND kind = 'face' AND provider_id IS NULL AND tag = ?`,
			closed.SettledAt, s.tagAfter(a, closed), a.ID, a.Tag))
		if err != nil {
			return err
		}
		taken, err := readReserved(a.Budgets)
		if err != nil {
			return err
		}
		return change(ctx, tx, taken, releasedUnlessCounted, giveBack)
	}
	return exactlyOne(tx.ExecContext(ctx, closes+`, next_try_at = CASE WHEN kind = 'face' AND next_try_at > ? THEN ? ELSE next_try_at END
		WHERE id = ? AND state IN ('open', 'unknown') AND tag = ?`, closed.SettledAt, s.tagAfter(a, closed), ms(now), ms(now), a.ID, a.Tag))
}
