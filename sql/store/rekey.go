package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
)

// rekeyStep moves one table, batch by batch in the order of its primary key.
type rekeyStep struct {
	what  string
	total string // query
	start any    // below every key
	batch func(ctx context.Context, tx *sqlx.Tx, after any) (moved, error)
}

func (s *Store) rekeySteps() []rekeyStep {
	return append([]rekeyStep{
		{"data keys", "SELECT COUNT(*) FROM data_keys", "", s.rewrapKeys},
		{"accounts", "SELECT COUNT(*) FROM accounts", "", s.rehashAccounts},
		{"subjects", "SELECT COUNT(*) FROM subjects", "", s.rehashSubjects},
		{"subscribers", "SELECT COUNT(*) FROM subscribers", "", s.rehashSubscribers},
		{"kept answers", "SELECT COUNT(*) FROM idempotency_keys WHERE state = 'done'", []byte{}, s.renewAnswers},
		{"tokens", "SELECT COUNT(*) FROM provider_tokens", "", s.rekeyTokens},
		{"staff sessions", "SELECT COUNT(*) FROM staff_sessions", "", s.rekeyStaff},
	}, s.tagSteps(s.renewTag)...)
}

// Rekey moves everything to the newest keys while replicas serve, then retires the older ones, so that they may leave
// the key file: data keys are wrapped anew, accounts, subjects and subscribers get look-up hashes under every key of the file and
// lose those of keys that have left it, kept answers and tokens are sealed anew, and tags are renewed. It may be interrupted at any point and run again.
//
// Every replica must have the newest keys first; passes are repeated until one finds nothing to move. What stays under
// an older look-up key is short-lived (idempotency keys, the counts of cards, one-time codes and their sends, invitations), or only misses a repetition (strokes):
// leave that key in the file for another 31 days.
//
// progress may be nil; it is told of each batch. Errors: keyring.ErrOtherKeys, keyring.ErrUnknownKey where the file
// lacks a key in use.
func (s *Store) Rekey(ctx context.Context, progress func(done, total int, what string)) error {
	if progress == nil {
		progress = func(int, int, string) {}
	}
	if err := s.RegisterKeys(ctx); err != nil { // with an older file it would delete what the others write
		return err
	}
	for {
		changed := 0
		for _, step := range s.rekeySteps() {
			n, err := s.runRekey(ctx, step, progress)
			if err != nil {
				return fmt.Errorf("moving %s to the newest keys: %w", step.what, err)
			}
			changed += n
		}
		if changed == 0 {
			return s.retireKeys(ctx)
		}
	}
}

func (s *Store) runRekey(ctx context.Context, step rekeyStep, progress func(done, total int, what string)) (int, error) {
	var total int
	if err := s.read.GetContext(ctx, &total, step.total); err != nil {
		return 0, err
	}
	done, changed, after := 0, 0, step.start
	for {
		var m moved
		began := s.clock()
		err := s.tx(ctx, func(tx *sqlx.Tx) error {
			var err error
			m, err = step.batch(ctx, tx, after)
			return err
		})
		if err != nil {
			return changed, err
		}
		done, changed, after = done+m.seen, changed+m.changed, m.last
		progress(done, max(done, total), step.what)
		if m.seen < rekeyBatch {
			return changed, nil
		}
		// As long as the batch took: without a pause SQLite, where writers queue by trying again, would keep requests out.
		select {
		case <-ctx.Done():
			return changed, ctx.Err()
		case <-time.After(s.clock().Sub(began)):
		}
	}
}

func (s *Store) rewrapKeys(ctx context.Context, tx *sqlx.Tx, after any) (moved, error) {
	var rows []struct {
		OwnerID string `db:"owner_id"`
		Wrapped []byte `db:"wrapped"`
	}
	err := tx.SelectContext(ctx, &rows, "SELECT owner_id, wrapped FROM data_keys WHERE owner_id > ? ORDER BY owner_id LIMIT ?",
		after, rekeyBatch)
	if err != nil {
		return moved{}, err
	}
	m := moved{seen: len(rows), last: after}
	for _, row := range rows {
		m.last = row.OwnerID
		wrapped, changed, err := s.ring.Rewrap(row.OwnerID, row.Wrapped)
		if err != nil {
			return moved{}, err
		}
		if !changed {
			continue
		}
		// An owner that was erased meanwhile stays erased.
		_, err = tx.ExecContext(ctx, "UPDATE data_keys SET wrapped = ? WHERE owner_id = ? AND wrapped = ?",
			[]byte(wrapped), row.OwnerID, row.Wrapped)
		if err != nil {
			return moved{}, err
		}
		m.changed++
	}
	return m, nil
}

func (s *Store) renewAnswers(ctx context.Context, tx *sqlx.Tx, after any) (moved, error) {
	var rows []idempotencyRow
	err := tx.SelectContext(ctx, &rows, `SELECT key_hash, body_hash, state, answer_cipher, created_at FROM idempotency_keys
		WHERE state = 'done' AND key_hash > ? ORDER BY key_hash LIMIT ?`, after, rekeyBatch)
	if err != nil {
		return moved{}, err
	}
	m := moved{seen: len(rows), last: after}
	for _, row := range rows {
		m.last = row.KeyHash
		if len(row.Answer) == 0 {
			continue // the answer is a row of another table
		}
		sealed, changed, err := s.ring.Renew(keptAnswerAAD(row.KeyHash), row.Answer)
		if err != nil {
			return moved{}, err
		}
		if !changed {
			continue
		}
		_, err = tx.ExecContext(ctx, "UPDATE idempotency_keys SET answer_cipher = ? WHERE key_hash = ? AND created_at = ?",
			sealed, row.KeyHash, row.CreatedAt)
		if err != nil {
			return moved{}, err
		}
		m.changed++
	}
	return m, nil
}

// retireKeys marks the keys that nothing refers to any more: all but the newest of each kind.
func (s *Store) retireKeys(ctx context.Context) error {
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		newest := newestOf(s.ring.Checks())
		for _, check := range s.ring.Checks() {
			if newest[check.Kind] == check.ID {
				continue
			}
			_, err := tx.ExecContext(ctx, "UPDATE key_checks SET retired_at = ? WHERE kind = ? AND id = ? AND retired_at = 0",
				ms(s.clock()), check.Kind, check.ID)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("retiring older keys: %w", err)
	}
	return nil
}
