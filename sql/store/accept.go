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
		var v acceptedRow
		if err == nil {
			v, err = s.acceptOne(ctx, tx, a)
		}
		if errors.Is(err, errNotOne) {
			made, err = s.acceptedBefore(ctx, tx, a)
			return err
		}
		if err != nil {
			return err
		}
		made = verification.GrantMade{GrantID: a.GrantID, Until: fromMs(ms(a.Until))}
		return s.makeGrant(ctx, tx, v, a)
	})
	if err != nil {
		return verification.GrantMade{}, fmt.Errorf("accepting a verification: %w", err)
	}
	return made, nil
}

// acceptedRow is a verification whose acceptance makes a grant.
type acceptedRow struct {
	verificationState

	Cipher  []byte `db:"document_cipher"`
	Wrapped []byte `db:"wrapped"`
}

// acceptOne marks a verification that waits for its acceptance as passed. errNotOne if it does not wait.
func (s *Store) acceptOne(ctx context.Context, tx *sqlx.Tx, a verification.Acceptance) (acceptedRow, error) {
	var v acceptedRow
	err := tx.GetContext(ctx, &v, "SELECT "+verificationColumns+`, v.document_cipher, k.wrapped FROM verifications v
		JOIN data_keys k ON k.owner_id = v.subject_id WHERE v.id = ? AND v.session_id = ?`, a.VerificationID, a.SessionID)
	if noRow(err) {
		err = verification.ErrNotFound
	}
	if err == nil {
		err = s.verify(ctx, tx, v.verificationState)
	}
	if err != nil {
		return acceptedRow{}, err
	}
	accepted := v.verificationState
	accepted.State, accepted.GrantID, accepted.Turn = string(verification.Passed), a.GrantID, v.Turn+1
	return v, exactlyOne(tx.ExecContext(ctx, `UPDATE verifications SET state = 'passed', grant_id = ?, turn = turn + 1, tag = ?
		WHERE id = ? AND session_id = ? AND purpose = 'access' AND state = 'awaiting_acceptance' AND usable_until > ? AND tag = ?
		AND EXISTS (SELECT 1 FROM subjects WHERE id = verifications.subject_id`+notFrozen+notBarred+`)`,
		a.GrantID, s.tagAfter(v.verificationState, accepted), a.VerificationID, a.SessionID, ms(a.Now), v.Tag, ms(a.Now)))
}

// acceptedBefore returns the live grant that an earlier acceptance made.
func (s *Store) acceptedBefore(ctx context.Context, tx *sqlx.Tx, a verification.Acceptance) (verification.GrantMade, error) {
	var g grantRow
	err := tx.GetContext(ctx, &g, "SELECT "+grantColumns+` FROM verifications v
		JOIN grants g ON g.id = v.grant_id AND v.purpose = 'access' AND v.state = 'passed' AND g.ended_at = 0 AND g.until > ?
		WHERE v.id = ? AND v.session_id = ?`, ms(a.Now), a.VerificationID, a.SessionID)
	if noRow(err) {
		err = verification.ErrConflict
	}
	if err == nil {
		err = s.verify(ctx, tx, g)
	}
	if err != nil {
		return verification.GrantMade{}, err
	}
	return verification.GrantMade{GrantID: g.ID, Until: fromMs(g.Until)}, nil
}

// makeGrant inserts the grant of an accepted verification instead of the session's earlier ones (R3).
func (s *Store) makeGrant(ctx context.Context, tx *sqlx.Tx, v acceptedRow, a verification.Acceptance) error {
	if _, err := s.endGrants(ctx, tx, bySession, a.SessionID, a.Now); err != nil {
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
	made := grantRow{
		ID: a.GrantID, SessionID: a.SessionID, AccountID: v.AccountID, SubjectID: v.SubjectID, VerificationID: a.VerificationID,
		PortraitID: v.PortraitID, StartsAt: ms(a.Now), Until: ms(a.Until),
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO grants
		(id, session_id, account_id, subject_id, verification_id, document_cipher, portrait_id, starts_at, until, tag)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, made.ID, made.SessionID, made.AccountID, made.SubjectID, made.VerificationID,
		sealed, made.PortraitID, made.StartsAt, made.Until, s.tag(made))
	if err != nil {
		return fmt.Errorf("inserting a grant: %w", err)
	}
	_, err = tx.ExecContext(ctx, "UPDATE portraits SET delete_after = ? WHERE id = ?", ms(a.Until), v.PortraitID)
	if err != nil {
		return fmt.Errorf("dating a portrait: %w", err)
	}
	return attachConsents(ctx, tx, v.AccountID, a.SessionID, v.SubjectID)
}
