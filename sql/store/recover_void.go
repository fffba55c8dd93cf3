package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
)

// recoverBatch is how many rows a transaction of a recovery changes: other tables may be large.
const recoverBatch = 500

// voidTable is a table whose rows allow something, or record that something was done, in an earlier epoch.
type voidTable struct{ name, key string }

// voidTables returns them in the order in which they are voided.
func voidTables() []voidTable {
	return []voidTable{
		{"prefills", "session_id"},
		{"idempotency_keys", "key_hash"},
		{"nonces", "nonce"},
		{"leases", "name"},
		{"provider_tokens", "name"},
		{"invitations", "hash"},
		{"one_time_codes", "id"},
		{"support_codes", "scene"},
		{"support_contacts", "user_hash"},
		{"support_tickets", "id"},
		{"staff_sessions", "id"},
	}
}

// VoidBefore voids everything of the epochs before: sessions with their grants, unused verifications and owner checks; prefills,
// invitations, one-time codes and codes of the support; sessions of staff; idempotency keys, nonces, leases and tokens of third parties (R57). Attempts that
// reached their provider stay undecided, so that the worker asks for them (R63). It may be interrupted and run again.
//
// What was voided since the backup is still valid in its copy, so that everything is voided. Times of use of support
// messages stay: they reject repetitions.
func (s *Store) VoidBefore(ctx context.Context, now time.Time, report func(what string, done int)) error {
	if err := s.voidSessions(ctx, now, report); err != nil {
		return err
	}
	for _, table := range voidTables() {
		query := fmt.Sprintf("DELETE FROM %s WHERE %s IN (SELECT %[2]s FROM (SELECT %[2]s FROM %[1]s LIMIT ?) earlier)", table.name, table.key)
		for done := 0; ; {
			n, err := s.exec(ctx, query, recoverBatch)
			if err != nil {
				return fmt.Errorf("voiding %s: %w", table.name, err)
			}
			done += int(n)
			report(table.name, done)
			if n == 0 {
				break
			}
		}
	}
	return nil
}

// voidSessions closes all sessions, as a log-out does. It goes by their ids, because an altered one stays as it is.
func (s *Store) voidSessions(ctx context.Context, now time.Time, report func(what string, done int)) error {
	for done, after := 0, ""; ; {
		var live []string
		err := s.tx(ctx, func(tx *sqlx.Tx) error {
			live = nil
			err := tx.SelectContext(ctx, &live, "SELECT id FROM sessions WHERE id > ? AND revoked_at = 0 AND until > ? ORDER BY id LIMIT ?",
				after, ms(now), recoverBatch)
			for _, id := range live {
				if err == nil {
					err = s.closeSession(ctx, tx, id, now)
				}
			}
			return err
		})
		if err != nil {
			return fmt.Errorf("voiding sessions: %w", err)
		}
		done += len(live)
		report("sessions", done)
		if len(live) == 0 {
			return nil
		}
		after = live[len(live)-1]
	}
}
