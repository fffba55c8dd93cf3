package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/todo"
)

// servingLife is how long it is kept what a session was shown: no session outlives twelve hours (R2).
const servingLife = 24 * time.Hour

// Rows that only served a call go in batches, so that no transaction is long. The list of keys is wrapped because MySQL
// takes no LIMIT inside IN, and is guarded again outside.
const (
	purgeAnswers = `DELETE FROM idempotency_keys WHERE created_at <= ? AND key_hash IN (SELECT key_hash FROM (
		SELECT key_hash FROM idempotency_keys WHERE created_at <= ? ORDER BY created_at LIMIT ?) old)`
	purgeServings = `DELETE FROM servings WHERE served_at <= ? AND session_id IN (SELECT session_id FROM (
		SELECT session_id FROM servings WHERE served_at <= ? LIMIT ?) old)`
	purgeNonces = `DELETE FROM nonces WHERE until <= ? AND nonce IN (SELECT nonce FROM (
		SELECT nonce FROM nonces WHERE until <= ? ORDER BY until LIMIT ?) old)`
	purgePrefills = `DELETE FROM prefills WHERE until <= ? AND session_id IN (SELECT session_id FROM (
		SELECT session_id FROM prefills WHERE until <= ? LIMIT ?) old)`
	purgeRemembered = `DELETE FROM remembered_documents WHERE until <= ? AND account_id IN (SELECT account_id FROM (
		SELECT account_id FROM remembered_documents WHERE until <= ? ORDER BY until LIMIT ?) old)`
	purgeNotifications = `DELETE FROM notification_messages WHERE state IN ('sent', 'dropped') AND next_at <= ? AND todo_id IN (SELECT todo_id FROM (
		SELECT todo_id FROM notification_messages WHERE state IN ('sent', 'dropped') AND next_at <= ? LIMIT ?) old)`
	purgeInvitations = `DELETE FROM invitations WHERE expires_at <= ? AND todo_id IN (SELECT todo_id FROM (
		SELECT todo_id FROM invitations WHERE expires_at <= ? ORDER BY expires_at LIMIT ?) old)`
	purgeBudgets = `DELETE FROM budgets WHERE ends_at <= ? AND scope IN (SELECT scope FROM (
		SELECT scope FROM budgets WHERE ends_at <= ? ORDER BY ends_at LIMIT ?) old)`
)

// Purge implements [todo.UpkeepStore].
func (s *Store) Purge(ctx context.Context, now time.Time, limit int) (int, error) {
	gone := 0
	for _, purge := range []func(context.Context, time.Time, int) (int, error){
		s.purgePortraits, s.purgeVerifications, s.purgeDays,
	} {
		n, err := purge(ctx, now, limit)
		gone += n
		if err != nil {
			return gone, err
		}
	}
	for _, old := range []struct {
		query string
		until time.Time
	}{
		{purgeAnswers, now.Add(-idempotencyLife)},
		{purgeServings, now.Add(-servingLife)},
		{purgeNonces, now},
		{purgePrefills, now},
		{purgeRemembered, now},
		{purgeBudgets, now},
		{purgeInvitations, now},
		{purgeNotifications, now.Add(-todo.Window)},
		{purgeSessions, now.Add(-visitLife)},
		{purgeUnusedConsents, now.Add(-visitLife)},
		{purgeConsents, now.Add(-passLife)},
		{purgeAgreements, now.Add(-notificationLife)},
		{purgeErasures, now.Add(-passLife)},
	} {
		n, err := s.exec(ctx, old.query, ms(old.until), ms(old.until), limit)
		if err != nil {
			return gone, fmt.Errorf("purging: %w", err)
		}
		gone += int(n)
	}
	return gone, nil
}

// purgePortraits erases portraits whose time has come: rows and data keys.
func (s *Store) purgePortraits(ctx context.Context, now time.Time, limit int) (int, error) {
	var due []string
	err := s.read.SelectContext(ctx, &due,
		"SELECT id FROM portraits WHERE delete_after > 0 AND delete_after <= ? ORDER BY delete_after LIMIT ?", ms(now), limit)
	if err != nil {
		return 0, fmt.Errorf("finding portraits to delete: %w", err)
	}
	for gone, id := range due {
		if err := s.tx(ctx, func(tx *sqlx.Tx) error { return dropDuePortrait(ctx, tx, id, now) }); err != nil {
			return gone, err
		}
	}
	return len(due), nil
}

// dropDuePortrait erases a portrait, unless its time was moved since it was found: after the first fetch, the registry
// may fetch it again for some time.
func dropDuePortrait(ctx context.Context, tx *sqlx.Tx, id string, now time.Time) error {
	err := exactlyOne(tx.ExecContext(ctx, "DELETE FROM portraits WHERE id = ? AND delete_after > 0 AND delete_after <= ?", id, ms(now)))
	if errors.Is(err, errNotOne) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("deleting a portrait that is due: %w", err)
	}
	return dropKey(ctx, tx, id)
}
