package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/retention"
)

const (
	// adoptIdle begins the period of accounts that were made or used by a version without that column.
	adoptIdle      = "SELECT id FROM accounts WHERE idle_since = 0 ORDER BY id LIMIT ?"
	adoptAccount   = "UPDATE accounts SET idle_since = ? WHERE id = ? AND idle_since = 0"
	guardAccount   = "UPDATE accounts SET idle_since = 0 WHERE id = ? AND idle_since > 0 AND idle_since <= ? AND NOT EXISTS (" + heldAccount + ")" + unnamedAccount
	unnamedAccount = ` AND NOT EXISTS (SELECT 1 FROM sessions WHERE account_id = accounts.id)
		AND NOT EXISTS (SELECT 1 FROM verifications WHERE account_id = accounts.id)
		AND NOT EXISTS (SELECT 1 FROM consents WHERE account_id = accounts.id)
		AND NOT EXISTS (SELECT 1 FROM remembered_documents WHERE account_id = accounts.id)
		AND NOT EXISTS (SELECT 1 FROM prefills WHERE account_id = accounts.id)
		AND NOT EXISTS (SELECT 1 FROM notifications WHERE account_id = accounts.id)
		AND NOT EXISTS (SELECT 1 FROM appeals WHERE account_id = accounts.id)
		AND NOT EXISTS (SELECT 1 FROM support_tickets WHERE account_id = accounts.id)
		AND NOT EXISTS (SELECT 1 FROM appointments WHERE account_id = accounts.id)
		AND NOT EXISTS (SELECT 1 FROM queue_numbers WHERE account_id = accounts.id)`
	postponeAccount = "UPDATE accounts SET idle_since = ? WHERE id = ? AND idle_since > 0 AND idle_since <= ?"
)

func (s *Store) adoptAccounts(ctx context.Context, now time.Time, limit int) error {
	var ids []string
	if err := s.read.SelectContext(ctx, &ids, adoptIdle, limit); err != nil {
		return fmt.Errorf("finding accounts without a last sign-in: %w", err)
	}
	for _, id := range ids {
		if _, err := s.exec(ctx, adoptAccount, ms(now), id); err != nil {
			return fmt.Errorf("beginning the period of an account: %w", err)
		}
	}
	return nil
}

// purgeAccounts deletes accounts that nobody uses and nothing names. Those that something names are looked at again later.
func (s *Store) purgeAccounts(ctx context.Context, c retention.Cut, now time.Time, limit int) (retention.Batch, error) {
	if err := s.adoptAccounts(ctx, now, limit); err != nil {
		return retention.Batch{}, err
	}
	var named []string
	done, err := s.purgeEach(ctx, c, limit, func(ctx context.Context, tx *sqlx.Tx, id string) error {
		failed := kept(exactlyOne(tx.ExecContext(ctx, guardAccount, id, ms(c.Before))))
		if errors.Is(failed, errKept) {
			named = append(named, id)
		}
		if failed != nil {
			return fmt.Errorf("taking an account to delete: %w", failed)
		}
		return dropAccountRows(ctx, tx, id)
	})
	for _, id := range named {
		if err == nil {
			_, err = s.exec(ctx, postponeAccount, ms(c.Again), id, ms(c.Before))
		}
	}
	return done, err
}

func dropAccountRows(ctx context.Context, tx *sqlx.Tx, id string) error {
	if err := dropSubscriber(ctx, tx, id); err != nil {
		return fmt.Errorf("deleting a subscriber: %w", err)
	}
	for _, query := range []string{"DELETE FROM account_keys WHERE account_id = ?", "DELETE FROM accounts WHERE id = ?"} {
		if _, err := tx.ExecContext(ctx, query, id); err != nil {
			return fmt.Errorf("deleting an account: %w", err)
		}
	}
	return dropKey(ctx, tx, id)
}
