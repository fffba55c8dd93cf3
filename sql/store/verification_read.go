package store

import (
	"context"
	"fmt"
	"time"

	"renzheng/keyring"
	"renzheng/verification"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

// verificationRow is a verification with its subject's key and one of its checks.
type verificationRow struct {
	verificationState
	accountUser

	Cipher  []byte     `db:"document_cipher"`
	Wrapped []byte     `db:"wrapped"`
	Check   checkState `db:"c"`
}

const (
	selectVerification = `SELECT ` + verificationColumns + `, v.document_cipher, k.wrapped, ` + userColumns + `, ` + checkOf + `
		FROM verifications v
		JOIN data_keys k ON k.owner_id = v.subject_id
		LEFT JOIN accounts u ON u.id = v.account_id
		LEFT JOIN data_keys uk ON uk.owner_id = u.id
		JOIN checks c ON c.verification_id = v.id `
	byPosition = " ORDER BY c.position"

	// itsGrant is the condition that the grant of a verification v is live. For access that is the grant which its
	// acceptance made, for confirm the grant under which it was begun.
	itsGrant = `EXISTS (SELECT 1 FROM grants g WHERE g.id = v.grant_id AND g.session_id = v.session_id
		AND g.subject_id = v.subject_id AND g.ended_at = 0 AND g.until > ?)`

	// underGrant is the condition of every read of a verification v for its session (R3). An access verification is
	// always readable, because the session itself began it. A confirm verification is readable while its grant is live.
	underGrant = "(v.purpose <> 'confirm' OR " + itsGrant + ")"
)

// Verification implements [verification.StateStore].
func (s *Store) Verification(ctx context.Context, sessionID, id string, now time.Time) (verification.Verification, error) {
	return s.verification(ctx, selectVerification+"WHERE v.id = ? AND v.session_id = ? AND "+underGrant+byPosition,
		id, sessionID, ms(now))
}

// LatestVerification implements [verification.StateStore].
func (s *Store) LatestVerification(ctx context.Context, sessionID string, now time.Time) (verification.Verification, error) {
	return s.verification(ctx, selectVerification+`WHERE v.id = (SELECT id FROM verifications WHERE session_id = ?
		AND ((state = 'open' AND expires_at > ?) OR (state = 'awaiting_acceptance' AND usable_until > ?))
		ORDER BY created_at DESC, id DESC LIMIT 1) AND `+underGrant+byPosition, sessionID, ms(now), ms(now), ms(now))
}

func (s *Store) verification(ctx context.Context, query string, args ...any) (verification.Verification, error) {
	var rows []verificationRow
	if err := s.read.SelectContext(ctx, &rows, query, args...); err != nil {
		return verification.Verification{}, fmt.Errorf("reading a verification: %w", err)
	}
	if len(rows) == 0 {
		return verification.Verification{}, fmt.Errorf("reading a verification: %w", verification.ErrNotFound)
	}
	if err := s.verify(ctx, s.read, rows[0].verificationState); err != nil {
		return verification.Verification{}, err
	}
	v, err := s.openVerification(rows[0])
	for _, row := range rows {
		if err == nil {
			err = s.verify(ctx, s.read, row.Check)
		}
		v.Checks = append(v.Checks, verification.Check{
			Kind: policy.CheckKind(row.Check.Kind), State: verification.CheckState(row.Check.State),
			AttemptID: row.Check.AttemptID, Failure: failure.Code(row.Check.Failure),
		})
	}
	if err != nil {
		return verification.Verification{}, err
	}
	return v, nil
}

func (s *Store) openVerification(row verificationRow) (verification.Verification, error) {
	key, err := s.unwrap(row.SubjectID, row.Wrapped)
	if err != nil {
		return verification.Verification{}, err
	}
	document, err := openDocument(key, verificationAAD(row.ID), row.Cipher)
	if err != nil {
		return verification.Verification{}, err
	}
	user, err := s.openUser(row.AccountID, row.accountUser)
	if err != nil {
		return verification.Verification{}, err
	}
	v := verification.Verification{
		User: user,
		ID:   row.ID, AccountID: row.AccountID, SessionID: row.SessionID, SubjectID: row.SubjectID,
		Purpose: policy.Purpose(row.Purpose), Channel: row.Channel, State: verification.State(row.State),
		Document: document, Prefilled: row.Prefilled, PolicyDigest: row.PolicyDigest, PortraitID: row.PortraitID,
		CreatedAt: fromMs(row.CreatedAt), ExpiresAt: fromMs(row.ExpiresAt),
		PassedAt: fromMs(row.PassedAt), UsableUntil: fromMs(row.UsableUntil),
	}
	if row.TodoID != "" {
		v.Todo = &verification.TodoBinding{
			TodoID: row.TodoID, Revision: row.Revision, ContentDigest: row.ContentDigest, GrantID: row.GrantID,
		}
	}
	return v, nil
}

func verificationAAD(id string) keyring.AssociatedData {
	return keyring.AssociatedData{Table: "verifications", Column: "document_cipher", Row: id}
}
