package store

import (
	"context"
	"crypto/hmac"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/keyring"
	"renzheng/session"
)

const (
	idempotencyLife = 24 * time.Hour // R31
	claimLife       = time.Minute    // a first call that takes longer has died
)

var _ session.IdempotencyStore = (*Store)(nil)

type idempotencyRow struct {
	KeyHash   []byte `db:"key_hash"`
	BodyHash  []byte `db:"body_hash"`
	State     string `db:"state"`
	Answer    []byte `db:"answer_cipher"`
	CreatedAt int64  `db:"created_at"`
}

// Begin implements [session.IdempotencyStore].
func (s *Store) Begin(ctx context.Context, i session.Idempotency, now time.Time) (*session.Answer, error) {
	var answer *session.Answer
	hashes := s.idempotencyHashes(i)
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		answer = nil
		row, body, err := findClaim(ctx, tx, hashes)
		switch {
		case err != nil:
			return err
		case row == nil:
			if err = boundKeys(ctx, tx, i.Principal, now); err != nil {
				return err
			}
			_, err = tx.ExecContext(ctx, `INSERT INTO idempotency_keys (key_hash, body_hash, state, created_at)
				VALUES (?, ?, 'running', ?)`, hashes[0].Key, hashes[0].Body, ms(now))
			return raced(err)
		case row.CreatedAt <= ms(now.Add(-idempotencyLife)):
			return takeClaim(ctx, tx, *row, body, now)
		case !hmac.Equal(row.BodyHash, body):
			return session.ErrKeyReused
		case row.State == "done":
			answer, err = s.openAnswer(*row)
			return err
		case row.CreatedAt <= ms(now.Add(-claimLife)):
			return takeClaim(ctx, tx, *row, body, now)
		}
		return session.ErrStillRunning
	})
	if err != nil {
		return nil, fmt.Errorf("claiming an idempotency key: %w", err)
	}
	return answer, nil
}

// boundKeys bounds the keys of a session. The keys of sign-ins belong to no session yet; only the limit of requests per
// address bounds them.
func boundKeys(ctx context.Context, tx *sqlx.Tx, principal string, now time.Time) error {
	if !strings.HasPrefix(principal, "ses_") {
		return nil
	}
	return bound(ctx, tx, "keys|"+principal, session.KeysPerSession, now)
}

// findClaim returns the row of a key under any look-up key, with the hash that its body should have.
func findClaim(ctx context.Context, q querier, hashes []idempotencyHash) (*idempotencyRow, []byte, error) {
	query, args, err := in("SELECT key_hash, body_hash, state, answer_cipher, created_at FROM idempotency_keys WHERE key_hash IN (?)", keyHashes(hashes))
	if err != nil {
		return nil, nil, err
	}
	var rows []idempotencyRow
	if err = q.SelectContext(ctx, &rows, query, args...); err != nil || len(rows) == 0 {
		return nil, nil, err
	}
	n := slices.IndexFunc(hashes, func(h idempotencyHash) bool { return hmac.Equal(h.Key, rows[0].KeyHash) })
	return &rows[0], hashes[n].Body, nil
}

// takeClaim takes over a row as it was read: one of two that try gets it.
func takeClaim(ctx context.Context, tx *sqlx.Tx, row idempotencyRow, body []byte, now time.Time) error {
	err := exactlyOne(tx.ExecContext(ctx, `UPDATE idempotency_keys
		SET body_hash = ?, state = 'running', answer_cipher = NULL, created_at = ?
		WHERE key_hash = ? AND state = ? AND created_at = ?`, body, ms(now), row.KeyHash, row.State, row.CreatedAt))
	if errors.Is(err, errNotOne) {
		return session.ErrStillRunning
	}
	return err
}

// Finish implements [session.IdempotencyStore]. Errors: [session.ErrNotFound] where the claim was taken over and
// finished, or abandoned.
func (s *Store) Finish(ctx context.Context, i session.Idempotency, a session.Answer, now time.Time) error {
	plain, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("encoding an answer: %w", err)
	}
	for _, hash := range s.idempotencyHashes(i) {
		sealed, err := s.ring.Seal(keptAnswerAAD(hash.Key), plain)
		if err != nil {
			return err
		}
		matched, err := s.exec(ctx, `UPDATE idempotency_keys SET state = 'done', answer_cipher = ?
			WHERE key_hash = ? AND body_hash = ? AND state = 'running' AND created_at > ?`,
			sealed, hash.Key, hash.Body, ms(now.Add(-idempotencyLife)))
		if err != nil {
			return fmt.Errorf("storing an answer: %w", err)
		}
		if matched == 1 {
			return nil
		}
	}
	return fmt.Errorf("storing an answer: %w", session.ErrNotFound)
}

// Abandon implements [session.IdempotencyStore].
func (s *Store) Abandon(ctx context.Context, i session.Idempotency) error {
	for _, hash := range s.idempotencyHashes(i) {
		_, err := s.exec(ctx, "DELETE FROM idempotency_keys WHERE key_hash = ? AND body_hash = ? AND state = 'running'",
			hash.Key, hash.Body)
		if err != nil {
			return fmt.Errorf("abandoning an idempotency key: %w", err)
		}
	}
	return nil
}

func (s *Store) openAnswer(row idempotencyRow) (*session.Answer, error) {
	plain, err := s.ring.Open(keptAnswerAAD(row.KeyHash), row.Answer)
	if err != nil {
		return nil, err
	}
	var answer session.Answer
	if json.Unmarshal(plain, &answer) != nil { // the cause may quote the answer
		return nil, errors.New("decoding an answer: not what was stored")
	}
	return &answer, nil
}

func keptAnswerAAD(keyHash []byte) keyring.AssociatedData {
	return keyring.AssociatedData{Table: "idempotency_keys", Column: "answer_cipher", Row: hex.EncodeToString(keyHash)}
}
