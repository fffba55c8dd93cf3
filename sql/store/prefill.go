package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/keyring"
	"renzheng/session"
)

var _ session.PrefillStore = (*Store)(nil)

// PutPrefill implements [session.PrefillStore].
func (s *Store) PutPrefill(ctx context.Context, p session.Prefill) error {
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		key, err := s.ownerKey(ctx, tx, p.AccountID)
		if err != nil {
			return err
		}
		sealed, err := sealDocument(key, prefillAAD(p.SessionID), p.Document)
		if err != nil {
			return err
		}
		err = exactlyOne(tx.ExecContext(ctx, `UPDATE prefills SET account_id = ?, document_cipher = ?, until = ?, used_at = 0, remembered = 0, differs = ?
			WHERE session_id = ?`, p.AccountID, sealed, ms(p.Until), p.Differs, p.SessionID))
		if !errors.Is(err, errNotOne) {
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO prefills (session_id, account_id, document_cipher, until, differs) VALUES (?, ?, ?, ?, ?)",
			p.SessionID, p.AccountID, sealed, ms(p.Until), p.Differs)
		return raced(err)
	})
	if err != nil {
		return fmt.Errorf("storing a prefill: %w", err)
	}
	return nil
}

// Prefill implements [session.PrefillStore].
func (s *Store) Prefill(ctx context.Context, sessionID string, now time.Time) (session.Prefill, error) {
	return s.prefill(ctx, s.read, sessionID, now)
}

// TakePrefill implements [session.PrefillStore].
func (s *Store) TakePrefill(ctx context.Context, sessionID string, now time.Time) (session.Prefill, error) {
	var taken session.Prefill
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		err := exactlyOne(tx.ExecContext(ctx,
			"UPDATE prefills SET used_at = ? WHERE session_id = ? AND used_at = 0 AND differs = 0 AND until > ?", ms(now), sessionID, ms(now)))
		if errors.Is(err, errNotOne) {
			return session.ErrNotFound
		}
		if err != nil {
			return err
		}
		taken, err = s.prefill(ctx, tx, sessionID, now)
		return err
	})
	if err != nil {
		return session.Prefill{}, fmt.Errorf("taking a prefill: %w", err)
	}
	return taken, nil
}

func (s *Store) prefill(ctx context.Context, q querier, sessionID string, now time.Time) (session.Prefill, error) {
	var row struct {
		AccountID string `db:"account_id"`
		Cipher    []byte `db:"document_cipher"`
		Until     int64  `db:"until"`
		Wrapped   []byte `db:"wrapped"`

		Remembered bool `db:"remembered"`
		Differs    bool `db:"differs"`
	}
	err := q.GetContext(ctx, &row, `SELECT p.account_id, p.document_cipher, p.until, p.remembered, p.differs, k.wrapped FROM prefills p
		JOIN data_keys k ON k.owner_id = p.account_id WHERE p.session_id = ? AND p.until > ?`, sessionID, ms(now))
	if noRow(err) {
		err = session.ErrNotFound
	}
	if err != nil {
		return session.Prefill{}, fmt.Errorf("reading a prefill: %w", err)
	}
	key, err := s.unwrap(row.AccountID, row.Wrapped)
	if err != nil {
		return session.Prefill{}, err
	}
	document, err := openDocument(key, prefillAAD(sessionID), row.Cipher)
	if err != nil {
		return session.Prefill{}, err
	}
	return session.Prefill{
		SessionID: sessionID, AccountID: row.AccountID, Document: document, Until: fromMs(row.Until), Remembered: row.Remembered,
		Differs: row.Differs,
	}, nil
}

func prefillAAD(sessionID string) keyring.AssociatedData {
	return keyring.AssociatedData{Table: "prefills", Column: "document_cipher", Row: sessionID}
}
