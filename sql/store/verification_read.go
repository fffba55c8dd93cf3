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
	ID            string `db:"id"`
	SessionID     string `db:"session_id"`
	AccountID     string `db:"account_id"`
	SubjectID     string `db:"subject_id"`
	Purpose       string `db:"purpose"`
	Channel       string `db:"channel"`
	State         string `db:"state"`
	Cipher        []byte `db:"document_cipher"`
	Prefilled     bool   `db:"prefilled"`
	PolicyDigest  string `db:"policy_digest"`
	PortraitID    string `db:"portrait_id"`
	GrantID       string `db:"grant_id"`
	TodoID        string `db:"todo_id"`
	Revision      int64  `db:"revision"`
	ContentDigest string `db:"content_digest"`
	CreatedAt     int64  `db:"created_at"`
	ExpiresAt     int64  `db:"expires_at"`
	PassedAt      int64  `db:"passed_at"`
	UsableUntil   int64  `db:"usable_until"`
	Wrapped       []byte `db:"wrapped"`
	accountUser
	CheckKind  string `db:"check_kind"`
	CheckState string `db:"check_state"`
	AttemptID  string `db:"attempt_id"`
	Failure    string `db:"failure"`
}

const (
	selectVerification = `SELECT v.id, v.session_id, v.account_id, v.subject_id, v.purpose, v.channel, v.state,
		v.document_cipher, v.prefilled, v.policy_digest, v.portrait_id, v.grant_id, v.todo_id, v.revision, v.content_digest,
		v.created_at, v.expires_at, v.passed_at, v.usable_until, k.wrapped, ` + userColumns + `,
		c.kind AS check_kind, c.state AS check_state, c.attempt_id, c.failure
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
	underGrant = "(v.purpose = 'access' OR " + itsGrant + ")"
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
	v, err := s.openVerification(rows[0])
	if err != nil {
		return verification.Verification{}, err
	}
	for _, row := range rows {
		v.Checks = append(v.Checks, verification.Check{
			Kind: policy.CheckKind(row.CheckKind), State: verification.CheckState(row.CheckState),
			AttemptID: row.AttemptID, Failure: failure.Code(row.Failure),
		})
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

const verificationColumns = `id, session_id, account_id, subject_id, purpose, channel, state, document_cipher, prefilled,
	policy_digest, grant_id, todo_id, revision, content_digest, created_at, expires_at`

func verificationAAD(id string) keyring.AssociatedData {
	return keyring.AssociatedData{Table: "verifications", Column: "document_cipher", Row: id}
}
