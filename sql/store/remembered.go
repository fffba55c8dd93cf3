package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/identity"
	"renzheng/keyring"
	"renzheng/session"
	"renzheng/verification"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

// rememberedRow is a remembered document with its account's wrapped data key.
type rememberedRow struct {
	ConsentID string `db:"consent_id"`
	Cipher    []byte `db:"document_cipher"`
	Until     int64  `db:"until"`
	Wrapped   []byte `db:"wrapped"`
}

// selectRemembered finds nothing without the live consent, whatever else failed to be deleted.
const selectRemembered = `SELECT r.consent_id, r.document_cipher, r.until, k.wrapped FROM remembered_documents r
	JOIN consents c ON c.id = r.consent_id AND c.account_id = r.account_id AND c.withdrawn_at = 0
	JOIN data_keys k ON k.owner_id = r.account_id
	WHERE r.account_id = ? AND r.until > ?`

// Remembered implements [session.PrefillStore].
func (s *Store) Remembered(ctx context.Context, accountID string, now time.Time) (session.Remembered, error) {
	found, err := s.remembered(ctx, s.read, accountID, now)
	if err != nil {
		return session.Remembered{}, fmt.Errorf("reading a remembered document: %w", err)
	}
	return found, nil
}

func (s *Store) remembered(ctx context.Context, q querier, accountID string, now time.Time) (session.Remembered, error) {
	var row rememberedRow
	err := q.GetContext(ctx, &row, selectRemembered, accountID, ms(now))
	if noRow(err) {
		return session.Remembered{}, session.ErrNotFound
	}
	if err != nil {
		return session.Remembered{}, err
	}
	found := session.Remembered{ConsentID: row.ConsentID, Until: fromMs(row.Until)}
	key, err := s.unwrap(accountID, row.Wrapped)
	if err == nil {
		found.Document, err = openDocument(key, rememberedAAD(row.ConsentID), row.Cipher)
	}
	if err != nil {
		return session.Remembered{}, fmt.Errorf("%w: %w", session.ErrUnreadable, err)
	}
	return found, nil
}

// PutRemembered implements [session.PrefillStore]. The first statement makes it take turns with a withdrawal, which
// would otherwise miss a copy that is made at the same time.
func (s *Store) PutRemembered(ctx context.Context, p session.Prefill, now time.Time) (session.Prefill, error) {
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		err := exactlyOne(tx.ExecContext(ctx,
			"UPDATE remembered_documents SET turn = turn + 1 WHERE account_id = ? AND until > ?", p.AccountID, ms(now)))
		if errors.Is(err, errNotOne) {
			return session.ErrNotFound
		}
		if err != nil {
			return err
		}
		found, err := s.remembered(ctx, tx, p.AccountID, now)
		if err != nil {
			return err
		}
		p.Document = found.Document
		if found.Until.Before(p.Until) {
			p.Until = found.Until
		}
		return s.copyRemembered(ctx, tx, p, now)
	})
	if err != nil {
		return session.Prefill{}, fmt.Errorf("using a remembered document: %w", err)
	}
	p.Remembered = true
	return p, nil
}

// copyRemembered stores p for its session, unless that has the channel's own record: R7 holds while it is live.
func (s *Store) copyRemembered(ctx context.Context, tx *sqlx.Tx, p session.Prefill, now time.Time) error {
	key, err := s.ownerKey(ctx, tx, p.AccountID)
	if err != nil {
		return err
	}
	sealed, err := sealDocument(key, prefillAAD(p.SessionID), p.Document)
	if err != nil {
		return err
	}
	err = exactlyOne(tx.ExecContext(ctx, `UPDATE prefills SET account_id = ?, document_cipher = ?, until = ?, used_at = 0, remembered = 1, differs = 0
		WHERE session_id = ? AND (remembered = 1 OR until <= ?)`, p.AccountID, sealed, ms(p.Until), p.SessionID, ms(now)))
	if !errors.Is(err, errNotOne) {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO prefills (session_id, account_id, document_cipher, until, remembered)
		VALUES (?, ?, ?, ?, 1)`, p.SessionID, p.AccountID, sealed, ms(p.Until))
	if isDuplicate(err) {
		return session.ErrOwnerKnown
	}
	return err
}

// Remember implements [verification.ConsentStore].
func (s *Store) Remember(ctx context.Context, c verification.Consent, grantID string, q policy.Quota) error {
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		err := holdSession(ctx, tx, c.SessionID) // what ends the grant meanwhile waits, and then forgets
		if errors.Is(err, errNotOne) {
			return verification.ErrNoGrant
		}
		if err != nil {
			return err
		}
		document, err := s.grantedDocument(ctx, tx, c, grantID)
		if err != nil {
			return err
		}
		if _, err = reserve(ctx, tx, q, q.Scope, c.AcceptedAt); err != nil {
			return err
		}
		if err = forget(ctx, tx, c.AccountID, c.AcceptedAt); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, insertConsent, c.ID, c.AccountID, c.SessionID, c.SubjectID, c.Kind,
			c.NoticeID, c.Version, c.NoticeHash, ms(c.AcceptedAt))
		if err != nil {
			return err
		}
		return s.insertRemembered(ctx, tx, c, document)
	})
	if err != nil {
		return fmt.Errorf("remembering a document: %w", err)
	}
	return nil
}

// grantedDocument returns the document of a live grant of the session and its subject (R3).
func (s *Store) grantedDocument(ctx context.Context, tx *sqlx.Tx, c verification.Consent, grantID string) (identity.Document, error) {
	var grant struct {
		Cipher  []byte `db:"document_cipher"`
		Wrapped []byte `db:"wrapped"`
	}
	err := tx.GetContext(ctx, &grant, `SELECT g.document_cipher, k.wrapped FROM grants g
		JOIN data_keys k ON k.owner_id = g.subject_id WHERE `+liveGrant,
		grantID, c.SessionID, c.SubjectID, ms(c.AcceptedAt))
	if noRow(err) {
		return identity.Document{}, verification.ErrNoGrant
	}
	if err != nil {
		return identity.Document{}, err
	}
	return s.grantDocument(grantID, c.SubjectID, grant.Wrapped, grant.Cipher)
}

func (s *Store) insertRemembered(ctx context.Context, tx *sqlx.Tx, c verification.Consent, d identity.Document) error {
	key, err := s.ownerKey(ctx, tx, c.AccountID)
	if err != nil {
		return err
	}
	sealed, err := sealDocument(key, rememberedAAD(c.ID), d)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO remembered_documents (account_id, consent_id, document_cipher, until) VALUES (?, ?, ?, ?)",
		c.AccountID, c.ID, sealed, ms(c.ValidUntil()))
	return raced(err)
}

// forget deletes what is remembered of an account, with every copy, and ends the consents to it.
func forget(ctx context.Context, tx *sqlx.Tx, accountID string, now time.Time) error {
	_, err := tx.ExecContext(ctx, "UPDATE consents SET withdrawn_at = ? WHERE account_id = ? AND kind = ? AND withdrawn_at = 0",
		ms(now), accountID, notice.Remember)
	if err == nil {
		_, err = tx.ExecContext(ctx, "DELETE FROM remembered_documents WHERE account_id = ?", accountID)
	}
	if err == nil {
		_, err = tx.ExecContext(ctx, "DELETE FROM prefills WHERE account_id = ? AND remembered = 1", accountID)
	}
	if err != nil {
		return fmt.Errorf("forgetting a document: %w", err)
	}
	return nil
}

// ForgetUnoffered implements [verification.ConsentStore].
func (s *Store) ForgetUnoffered(ctx context.Context, offered []string, now time.Time, limit int) (int, error) {
	query, args, err := in(`SELECT r.account_id FROM remembered_documents r JOIN accounts a ON a.id = r.account_id
		WHERE a.channel NOT IN (?) LIMIT ?`, append([]string{""}, offered...), limit)
	if err != nil {
		return 0, err
	}
	var accounts []string
	if err = s.read.SelectContext(ctx, &accounts, query, args...); err != nil {
		return 0, fmt.Errorf("finding documents that are not offered: %w", err)
	}
	for gone, id := range accounts {
		if err = s.tx(ctx, func(tx *sqlx.Tx) error { return forget(ctx, tx, id, now) }); err != nil {
			return gone, err
		}
	}
	return len(accounts), nil
}

func rememberedAAD(consentID string) keyring.AssociatedData {
	return keyring.AssociatedData{Table: "remembered_documents", Column: "document_cipher", Row: consentID}
}
