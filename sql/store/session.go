package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/session"
)

var _ session.Store = (*Store)(nil)

// OpenSession implements [session.Store].
func (s *Store) OpenSession(ctx context.Context, n session.NewSession) (session.Session, error) {
	var accountID string
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		var err error
		if accountID, err = s.findOrCreateAccount(ctx, tx, n); err != nil {
			return err
		}
		// Logins of one account take turns here, so that two at once cannot both leave the other's out of the count.
		err = exactlyOne(tx.ExecContext(ctx, "UPDATE accounts SET logins = logins + 1, idle_since = ? WHERE id = ? AND erased_at = 0", ms(n.Now), accountID))
		if err != nil {
			return fmt.Errorf("counting a login: %w", lost(err))
		}
		if err = bound(ctx, tx, "sign-ins|"+accountID, session.SignInsPerDay, n.Now); err != nil {
			return err
		}
		if err = s.closeSurplus(ctx, tx, accountID, n.Now); err != nil {
			return err
		}
		opened := tokenRow{
			ID: n.ID, TokenHash: n.TokenHash[:], AccountID: accountID, Platform: n.Client.Platform, Version: n.Client.Version,
			CreatedAt: ms(n.Now), Until: ms(n.Until),
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO sessions
			(id, token_hash, account_id, platform, version, created_at, idle_until, until, tag) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			n.ID, n.TokenHash[:], accountID, n.Client.Platform, n.Client.Version, ms(n.Now), ms(n.IdleUntil), ms(n.Until), s.tag(opened))
		return err
	})
	if err != nil {
		return session.Session{}, fmt.Errorf("opening a session: %w", err)
	}
	return session.Session{
		ID:        n.ID,
		Account:   session.Account{ID: accountID, Channel: n.Channel},
		CreatedAt: fromMs(ms(n.Now)), IdleUntil: fromMs(ms(n.IdleUntil)), Until: fromMs(ms(n.Until)),
	}, nil
}

// closeSurplus makes room for one more session of the account.
func (s *Store) closeSurplus(ctx context.Context, tx *sqlx.Tx, accountID string, now time.Time) error {
	var live []string
	err := tx.SelectContext(ctx, &live, `SELECT id FROM sessions
		WHERE account_id = ? AND revoked_at = 0 AND idle_until > ? AND until > ? ORDER BY created_at DESC, id DESC`,
		accountID, ms(now), ms(now))
	if err != nil {
		return fmt.Errorf("listing the account's sessions: %w", err)
	}
	for i := session.MaxPerAccount - 1; i < len(live); i++ {
		if err = s.closeSession(ctx, tx, live[i], now); err != nil {
			return err
		}
	}
	return nil
}

// RenewSession implements [session.Store]. A session that has ended by now, which is session.Idle before idleUntil,
// stays so.
func (s *Store) RenewSession(ctx context.Context, id string, idleUntil time.Time) error {
	end, now := ms(idleUntil), ms(idleUntil.Add(-session.Idle))
	_, err := s.exec(ctx, `UPDATE sessions SET idle_until = CASE WHEN until < ? THEN until ELSE ? END
		WHERE id = ? AND revoked_at = 0 AND idle_until > ? AND idle_until < ? AND until > ?`, end, end, id, now, end, now)
	if err != nil {
		return fmt.Errorf("renewing a session: %w", err)
	}
	return nil
}

// ReissueToken implements [session.Store].
func (s *Store) ReissueToken(ctx context.Context, id string, tokenHash [32]byte, now time.Time) (session.Session, error) {
	var row sessionRow
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		old, err := s.openToken(ctx, tx, id)
		if err != nil {
			return err
		}
		reissued := old
		reissued.TokenHash = tokenHash[:]
		err = exactlyOne(tx.ExecContext(ctx, `UPDATE sessions SET token_hash = ?, tag = ?
			WHERE id = ? AND revoked_at = 0 AND idle_until > ? AND until > ? AND tag = ?`,
			tokenHash[:], s.tagAfter(old, reissued), id, ms(now), ms(now), old.Tag))
		err = missed(ctx, tx, old, err)
		if errors.Is(err, errNotOne) {
			return session.ErrNotFound
		}
		if err != nil {
			return err
		}
		row, err = s.findSession(ctx, tx, tokenHash, now)
		return err
	})
	if err != nil {
		return session.Session{}, fmt.Errorf("reissuing a token: %w", err)
	}
	return s.session(row)
}

// CloseSession implements [session.Store].
func (s *Store) CloseSession(ctx context.Context, id string, now time.Time) error {
	err := s.tx(ctx, func(tx *sqlx.Tx) error { return s.closeSession(ctx, tx, id, now) })
	if err != nil {
		return fmt.Errorf("closing a session: %w", err)
	}
	return nil
}

// openToken reads a session that was not closed, to change it. ErrNotFound.
func (s *Store) openToken(ctx context.Context, tx *sqlx.Tx, id string) (tokenRow, error) {
	var row tokenRow
	err := tx.GetContext(ctx, &row, selectOpen, id)
	if noRow(err) {
		err = session.ErrNotFound
	}
	if err == nil {
		err = s.verify(ctx, tx, row)
	}
	return row, err
}

// closeSession ends a session with all that hangs on it. If its row was altered, it gives no access, and only the rest
// is ended.
func (s *Store) closeSession(ctx context.Context, tx *sqlx.Tx, id string, now time.Time) error {
	old, err := s.openToken(ctx, tx, id)
	if errors.Is(err, session.ErrNotFound) {
		return nil // it was closed before, with all that hangs on it
	}
	if err == nil {
		closed := old
		closed.RevokedAt = ms(now)
		err = lost(exactlyOne(tx.ExecContext(ctx, "UPDATE sessions SET revoked_at = ?, tag = ? WHERE id = ? AND revoked_at = 0 AND tag = ?",
			closed.RevokedAt, s.tagAfter(old, closed), id, old.Tag)))
	}
	if err != nil && !altered(err) {
		return err
	}
	if _, err = s.voidVerifications(ctx, tx, bySession, id, now); err != nil {
		return err
	}
	_, err = s.endGrants(ctx, tx, bySession, id, now)
	return err
}
