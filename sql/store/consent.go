package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/verification"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

var _ verification.ConsentStore = (*Store)(nil)

type consentRow struct {
	ID         string `db:"id"`
	AccountID  string `db:"account_id"`
	SessionID  string `db:"session_id"`
	SubjectID  string `db:"subject_id"`
	Kind       string `db:"kind"`
	NoticeID   string `db:"notice_id"`
	Version    string `db:"version"`
	NoticeHash string `db:"notice_hash"`
	AcceptedAt int64  `db:"accepted_at"`
}

const selectConsents = `SELECT id, account_id, session_id, subject_id, kind, notice_id, version, notice_hash, accepted_at
	FROM consents WHERE `

const insertConsent = `INSERT INTO consents
	(id, account_id, session_id, subject_id, kind, notice_id, version, notice_hash, accepted_at)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`

// sameConsent is how long a repeated call is the same acceptance sent again.
const sameConsent = time.Minute

// InsertConsent implements [verification.ConsentStore].
func (s *Store) InsertConsent(
	ctx context.Context, c verification.Consent, b policy.Quota,
) (verification.Consent, error) {
	var row consentRow
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		err := tx.GetContext(ctx, &row, selectConsents+`account_id = ? AND session_id = ? AND subject_id = '' AND kind = ?
			AND notice_hash = ? AND accepted_at > ? AND withdrawn_at = 0 ORDER BY accepted_at DESC, id LIMIT 1`,
			c.AccountID, c.SessionID, c.Kind, c.NoticeHash, ms(c.AcceptedAt.Add(-sameConsent)))
		if !noRow(err) {
			return err
		}
		if _, err = reserve(ctx, tx, b, b.Scope, c.AcceptedAt); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, insertConsent, c.ID, c.AccountID, c.SessionID, c.SubjectID, c.Kind,
			c.NoticeID, c.Version, c.NoticeHash, ms(c.AcceptedAt))
		if err != nil {
			return err
		}
		return tx.GetContext(ctx, &row, selectConsents+"id = ?", c.ID)
	})
	if err != nil {
		return verification.Consent{}, fmt.Errorf("recording a consent: %w", err)
	}
	return row.consent(), nil
}

// Consents implements [verification.ConsentStore]: those not withdrawn and not too old to be used.
func (s *Store) Consents(ctx context.Context, accountID string, now time.Time) ([]verification.Consent, error) {
	var rows []consentRow
	err := s.read.SelectContext(ctx, &rows, selectConsents+`account_id = ? AND withdrawn_at = 0
		AND accepted_at >= ? AND (accepted_at >= ? OR kind = ?) ORDER BY accepted_at, id`,
		accountID, ms(now.Add(-verification.RememberFor)), ms(now.Add(-verification.ConsentLife)), notice.Remember)
	if err != nil {
		return nil, fmt.Errorf("listing consents: %w", err)
	}
	consents := make([]verification.Consent, len(rows))
	for i, row := range rows {
		consents[i] = row.consent()
	}
	return consents, nil
}

// WithdrawConsent implements [verification.ConsentStore].
func (s *Store) WithdrawConsent(ctx context.Context, accountID, id string, now time.Time) (verification.Withdrawn, error) {
	var ended verification.Withdrawn
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		err := exactlyOne(tx.ExecContext(ctx,
			"UPDATE consents SET withdrawn_at = ? WHERE id = ? AND account_id = ? AND withdrawn_at = 0", ms(now), id, accountID))
		if errors.Is(err, errNotOne) {
			return verification.ErrNotFound
		}
		if err != nil {
			return err
		}
		kind, err := withdrawLike(ctx, tx, accountID, id, now)
		if err != nil {
			return err
		}
		switch kind { //nolint:exhaustive // checks depend on all others
		case notice.Remember:
			return forget(ctx, tx, accountID, now)
		case notice.OwnerCheck:
			return errors.Join(forgetOwner(ctx, tx, accountID), forget(ctx, tx, accountID, now))
		case notice.DocumentPhoto:
			return errors.Join(forgetReadings(ctx, tx, accountID), forget(ctx, tx, accountID, now))
		}
		if err = endNotifications(ctx, tx, accountID); err != nil {
			return err
		}
		if ended.Verifications, err = s.voidVerifications(ctx, tx, byAccount, accountID, now); err != nil {
			return err
		}
		if ended.Grants, err = s.endGrants(ctx, tx, byAccount, accountID, now); err != nil {
			return err
		}
		return forget(ctx, tx, accountID, now) // last: until its grant ended, a session could still remember a document
	})
	if err != nil {
		return verification.Withdrawn{}, fmt.Errorf("withdrawing a consent: %w", err)
	}
	return ended, nil
}

// withdrawLike ends the account's other live consents of the same kind and returns the kind: withdrawing one withdraws
// all.
func withdrawLike(ctx context.Context, tx *sqlx.Tx, accountID, id string, now time.Time) (notice.Kind, error) {
	var kind notice.Kind
	if err := tx.GetContext(ctx, &kind, "SELECT kind FROM consents WHERE id = ?", id); err != nil {
		return "", err
	}
	_, err := tx.ExecContext(ctx, "UPDATE consents SET withdrawn_at = ? WHERE account_id = ? AND kind = ? AND withdrawn_at = 0",
		ms(now), accountID, kind)
	return kind, err
}

// attachConsents sets the subject of the live consents that the session accepted and that have no subject yet (R34). Those
// of the account's other sessions may be of other persons.
func attachConsents(ctx context.Context, tx *sqlx.Tx, accountID, sessionID, subjectID string) error {
	_, err := tx.ExecContext(ctx, `UPDATE consents SET subject_id = ?
		WHERE account_id = ? AND session_id = ? AND subject_id = '' AND withdrawn_at = 0`, subjectID, accountID, sessionID)
	if err != nil {
		return fmt.Errorf("attaching consents: %w", err)
	}
	return nil
}

func (r consentRow) consent() verification.Consent {
	return verification.Consent{
		ID: r.ID, AccountID: r.AccountID, SessionID: r.SessionID, SubjectID: r.SubjectID,
		Kind: notice.Kind(r.Kind), NoticeID: r.NoticeID, Version: r.Version, NoticeHash: r.NoticeHash,
		AcceptedAt: fromMs(r.AcceptedAt),
	}
}
