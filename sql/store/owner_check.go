package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/session"
	"renzheng/verification/notice"
)

var _ session.OwnerCheckStore = (*Store)(nil)

const openSession = "revoked_at = 0 AND idle_until > ? AND until > ?"

// BeginOwnerCheck implements [session.OwnerCheckStore].
func (s *Store) BeginOwnerCheck(ctx context.Context, sessionID, id string, until, now time.Time) error {
	matched, err := s.exec(ctx, "UPDATE sessions SET owner_check_id = ?, owner_check_until = ? WHERE id = ? AND "+openSession,
		id, ms(until), sessionID, ms(now), ms(now))
	if err == nil && matched == 0 {
		err = session.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("beginning an owner check: %w", err)
	}
	return nil
}

// TakeOwnerCheck implements [session.OwnerCheckStore].
func (s *Store) TakeOwnerCheck(ctx context.Context, of session.Session, id, consentID string, now time.Time) error {
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		err := exactlyOne(tx.ExecContext(ctx, `UPDATE sessions SET owner_check_id = '', owner_check_until = 0
			WHERE id = ? AND owner_check_id = ? AND owner_check_id <> '' AND owner_check_until > ? AND `+openSession+`
			AND EXISTS (SELECT 1 FROM consents WHERE id = ? AND session_id = sessions.id AND kind = ? AND withdrawn_at = 0)`,
			of.ID, id, ms(now), ms(now), ms(now), consentID, notice.OwnerCheck))
		if errors.Is(err, errNotOne) {
			return session.ErrNotFound
		}
		if err != nil {
			return err
		}
		return bound(ctx, tx, "owner-checks|"+of.Account.ID, session.OwnerChecksPerDay, now)
	})
	if err != nil {
		return fmt.Errorf("using an owner check: %w", err)
	}
	return nil
}

// forgetOwner deletes what owner checks of an account have returned, and ends those under way. Only a channel with owner
// checks has consents to them, and such a channel has no other record of the owner.
func forgetOwner(ctx context.Context, tx *sqlx.Tx, accountID string) error {
	_, err := tx.ExecContext(ctx, "UPDATE sessions SET owner_check_id = '', owner_check_until = 0 WHERE account_id = ? AND owner_check_id <> ''", accountID)
	if err == nil {
		_, err = tx.ExecContext(ctx, "DELETE FROM prefills WHERE account_id = ? AND remembered = 0", accountID)
	}
	if err != nil {
		return fmt.Errorf("forgetting an owner check: %w", err)
	}
	return nil
}
