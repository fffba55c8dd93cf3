package store

import (
	"context"
	"crypto/hmac"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/keyring"
	"renzheng/subscriber"
	"renzheng/verification"
	"renzheng/verification/policy"
)

var _ subscriber.CodeStore = (*Store)(nil)

// ReserveCode implements [subscriber.CodeStore].
func (s *Store) ReserveCode(ctx context.Context, c subscriber.NewCode) error {
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		for _, hash := range s.sendHashes(c.Use) {
			if err := reserveSend(ctx, tx, hash, c.Now); err != nil {
				return err
			}
		}
		limit := policy.Quota{Limit: c.PerNetwork, Window: networkWindow}
		if _, err := reserve(ctx, tx, limit, s.networkScope(c.Network), c.Now); err != nil {
			if exhausted, ok := errors.AsType[*verification.ExhaustedError](err); ok {
				return &subscriber.LaterError{At: exhausted.NextAt}
			}
			return err
		}
		return s.putCode(ctx, tx, c)
	})
	if err != nil {
		return fmt.Errorf("reserving a one-time code: %w", err)
	}
	return nil
}

// putCode stores a code instead of those for the same purpose and number.
func (s *Store) putCode(ctx context.Context, tx *sqlx.Tx, c subscriber.NewCode) error {
	targets := s.targetHashes(c.Use)
	query, args, err := in("DELETE FROM one_time_codes WHERE target_hash IN (?)", targets)
	if err != nil {
		return err
	}
	if _, err = tx.ExecContext(ctx, query, args...); err != nil {
		return fmt.Errorf("replacing a one-time code: %w", err)
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO one_time_codes (id, target_hash, code_hash, tries, expires_at) VALUES (?, ?, ?, 0, ?)",
		c.Use.ID, targets[0], s.codeHashes(c.Use)[0], ms(c.ExpiresAt))
	if err != nil {
		return fmt.Errorf("storing a one-time code: %w", raced(err))
	}
	return nil
}

// reserveSend takes a send from each window of a number. The row has the last five sends, so that all windows, which slide,
// are one condition. MySQL assigns from left to right, so each column is read before it is written.
func reserveSend(ctx context.Context, tx *sqlx.Tx, hash []byte, now time.Time) error {
	w := subscriber.Windows()
	n, err := rowsMatched(tx.ExecContext(ctx, `UPDATE code_sends SET sent_5 = sent_4, sent_4 = sent_3, sent_3 = sent_2, sent_2 = sent_1, sent_1 = ?
		WHERE hash = ? AND sent_1 <= ? AND sent_3 <= ? AND sent_5 <= ?`,
		ms(now), hash, ms(now.Add(-w[0].Length)), ms(now.Add(-w[1].Length)), ms(now.Add(-w[2].Length))))
	if err != nil || n == 1 {
		return err
	}
	var sent struct {
		First int64 `db:"sent_1"`
		Third int64 `db:"sent_3"`
		Fifth int64 `db:"sent_5"`
	}
	err = tx.GetContext(ctx, &sent, "SELECT sent_1, sent_3, sent_5 FROM code_sends WHERE hash = ?", hash)
	if noRow(err) {
		_, err = tx.ExecContext(ctx, "INSERT INTO code_sends (hash, sent_1, sent_2, sent_3, sent_4, sent_5) VALUES (?, ?, 0, 0, 0, 0)", hash, ms(now))
		return raced(err)
	}
	if err != nil {
		return err
	}
	next := max(sent.First+w[0].Length.Milliseconds(), sent.Third+w[1].Length.Milliseconds(), sent.Fifth+w[2].Length.Milliseconds())
	return &subscriber.LaterError{At: fromMs(next)}
}

// GiveBackCode implements [subscriber.CodeStore].
func (s *Store) GiveBackCode(ctx context.Context, c subscriber.NewCode) error {
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		for _, hash := range s.sendHashes(c.Use) {
			_, err := tx.ExecContext(ctx, `UPDATE code_sends SET sent_1 = sent_2, sent_2 = sent_3, sent_3 = sent_4, sent_4 = sent_5, sent_5 = 0
				WHERE hash = ? AND sent_1 = ?`, hash, ms(c.Now))
			if err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, "UPDATE budgets SET used = used - 1 WHERE scope = ? AND ends_at > ? AND used > 0", s.networkScope(c.Network), ms(c.Now))
		if err == nil {
			_, err = tx.ExecContext(ctx, "DELETE FROM one_time_codes WHERE id = ?", c.Use.ID)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("giving back a one-time code: %w", err)
	}
	return nil
}

// useCode counts a try of a code, and deletes the code if it is right. A rejection is not an error of the transaction, so that the
// count is committed with it.
func (s *Store) useCode(ctx context.Context, tx *sqlx.Tx, use subscriber.CodeUse, now time.Time) (rejection, err error) {
	query, args, err := in(`UPDATE one_time_codes SET tries = tries + 1
		WHERE id = ? AND target_hash IN (?) AND tries < ? AND expires_at > ?`, use.ID, s.targetHashes(use), subscriber.MaxWrong, ms(now))
	if err != nil {
		return nil, err
	}
	err = exactlyOne(tx.ExecContext(ctx, query, args...))
	if errors.Is(err, errNotOne) {
		return subscriber.ErrCodeGone, nil
	}
	if err != nil {
		return nil, fmt.Errorf("counting a try of a one-time code: %w", err)
	}
	var row struct {
		Hash  []byte `db:"code_hash"`
		Tries int    `db:"tries"`
	}
	if err = tx.GetContext(ctx, &row, "SELECT code_hash, tries FROM one_time_codes WHERE id = ?", use.ID); err != nil {
		return nil, fmt.Errorf("reading a one-time code: %w", err)
	}
	right := false
	for _, hash := range s.codeHashes(use) {
		right = hmac.Equal(hash, row.Hash) || right
	}
	if !right {
		return &subscriber.WrongCodeError{Left: subscriber.MaxWrong - row.Tries}, nil
	}
	if _, err = tx.ExecContext(ctx, "DELETE FROM one_time_codes WHERE id = ?", use.ID); err != nil {
		return nil, fmt.Errorf("using up a one-time code: %w", err)
	}
	return nil, nil
}

// networkWindow is how long the sends of a client's network are counted.
const networkWindow = 24 * time.Hour

// networkScope names the quota of a network, which is hashed because an address is personal.
func (s *Store) networkScope(network string) string {
	return "code-network|" + hex.EncodeToString(s.ring.Hash(keyring.ForOneTimeCode, "network", network))
}

// sendHashes returns a hash of the number for each look-up key, so that a new key forgets no sends.
func (s *Store) sendHashes(use subscriber.CodeUse) [][]byte {
	return plainHashes(s.ring.Hashes(keyring.ForOneTimeCode, "send", use.Phone.Reveal()))
}

// targetHashes returns the hashes of what a code is for, newest look-up key first.
func (s *Store) targetHashes(use subscriber.CodeUse) [][]byte {
	return plainHashes(s.ring.Hashes(keyring.ForOneTimeCode, "target", string(use.Purpose), use.Phone.Reveal()))
}

// codeHashes returns the hashes of a code, bound to its id, purpose and number, newest look-up key first.
func (s *Store) codeHashes(use subscriber.CodeUse) [][]byte {
	return plainHashes(s.ring.Hashes(keyring.ForOneTimeCode, "code", use.ID, string(use.Purpose), use.Phone.Reveal(), use.Code.Reveal()))
}
