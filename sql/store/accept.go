package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"renzheng/verification"
)

// Accept implements [verification.StateStore].
func (s *Store) Accept(ctx context.Context, a verification.Acceptance) (verification.GrantMade, error) {
	made := verification.GrantMade{}
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		err := holdSession(ctx, tx, a.SessionID)
		if err == nil {
			err = exactlyOne(tx.ExecContext(ctx, `UPDATE verifications SET state = 'passed', grant_id = ?, turn = turn + 1
				WHERE id = ? AND session_id = ? AND purpose = 'access' AND state = 'awaiting_acceptance' AND usable_until > ?`,
				a.GrantID, a.VerificationID, a.SessionID, ms(a.Now)))
		}
		if errors.Is(err, errNotOne) {
			made, err = acceptedBefore(ctx, tx, a)
			return err
		}
		if err != nil {
			return err
		}
		made = verification.GrantMade{GrantID: a.GrantID, Until: fromMs(ms(a.Until))}
		return s.makeGrant(ctx, tx, a)
	})
	if err != nil {
		return verification.GrantMade{}, fmt.Errorf("accepting a verification: %w", err)
	}
	return made, nil
}

// acceptedBefore returns the live grant that an earlier acceptance made.
func acceptedBefore(ctx context.Context, tx *sqlx.Tx, a verification.Acceptance) (verification.GrantMade, error) {
	var row struct {
		GrantID *string `db:"id"`
		Until   *int64  `db:"until"`
	}
	err := tx.GetContext(ctx, &row, `SELECT g.id, g.until FROM verifications v
		LEFT JOIN grants g ON g.id = v.grant_id AND v.purpose = 'access' AND v.state = 'passed'
			AND g.ended_at = 0 AND g.until > ?
		WHERE v.id = ? AND v.session_id = ?`, ms(a.Now), a.VerificationID, a.SessionID)
	switch {
	case noRow(err):
		return verification.GrantMade{}, verification.ErrNotFound
	case err != nil:
		return verification.GrantMade{}, err
	case row.GrantID == nil:
		return verification.GrantMade{}, verification.ErrConflict
	}
	return verification.GrantMade{GrantID: *row.GrantID, Until: fromMs(*row.Until)}, nil
}

// makeGrant inserts the grant of an accepted verification instead of the session's earlier ones (R3).
func (s *Store) makeGrant(ctx context.Context, tx *sqlx.Tx, a verification.Acceptance) error {
	var v struct {
		AccountID  string `db:"account_id"`
		SubjectID  string `db:"subject_id"`
		PortraitID string `db:"portrait_id"`
		Cipher     []byte `db:"document_cipher"`
		Wrapped    []byte `db:"wrapped"`
	}
	err := tx.GetContext(ctx, &v, `SELECT v.account_id, v.subject_id, v.portrait_id, v.document_cipher, k.wrapped
		FROM verifications v JOIN data_keys k ON k.owner_id = v.subject_id WHERE v.id = ?`, a.VerificationID)
	if err != nil {
		return err
	}
	if _, err = endGrants(ctx, tx, bySession, a.SessionID, a.Now); err != nil {
		return err
	}
	key, err := s.unwrap(v.SubjectID, v.Wrapped)
	if err != nil {
		return err
	}
	document, err := openDocument(key, verificationAAD(a.VerificationID), v.Cipher)
	if err != nil {
		return err
	}
	sealed, err := sealDocument(key, grantAAD(a.GrantID), document)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO grants
		(id, session_id, account_id, subject_id, verification_id, document_cipher, portrait_id, starts_at, until)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, a.GrantID, a.SessionID, v.AccountID, v.SubjectID, a.VerificationID,
		sealed, v.PortraitID, ms(a.Now), ms(a.Until))
	if err != nil {
		return fmt.Errorf("inserting a grant: %w", err)
	}
	_, err = tx.ExecContext(ctx, "UPDATE portraits SET delete_after = ? WHERE id = ?", ms(a.Until), v.PortraitID)
	if err != nil {
		return fmt.Errorf("dating a portrait: %w", err)
	}
	return attachConsents(ctx, tx, v.AccountID, a.SessionID, v.SubjectID)
}
