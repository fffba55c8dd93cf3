package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"renzheng/keyring"
	"renzheng/verification"
)

// verificationState is a row of verifications without its document.
type verificationState struct {
	ID            string `db:"id"`
	SessionID     string `db:"session_id"`
	AccountID     string `db:"account_id"`
	SubjectID     string `db:"subject_id"`
	Purpose       string `db:"purpose"`
	Channel       string `db:"channel"`
	State         string `db:"state"`
	Turn          int64  `db:"turn"`
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
	EndedAt       int64  `db:"ended_at"`
	Tag           rowTag `db:"tag"`
}

const (
	verificationColumns = `v.id, v.session_id, v.account_id, v.subject_id, v.purpose, v.channel, v.state, v.turn, v.prefilled,
		v.policy_digest, v.portrait_id, v.grant_id, v.todo_id, v.revision, v.content_digest, v.created_at, v.expires_at, v.passed_at,
		v.usable_until, v.ended_at, v.tag`

	insertVerification = `INSERT INTO verifications (id, session_id, account_id, subject_id, purpose, channel, state, document_cipher, document_type, prefilled,
		policy_digest, grant_id, todo_id, revision, content_digest, created_at, expires_at, tag)`
)

func (r verificationState) place() AlteredError { return AlteredError{"verifications", r.ID} }

func (r verificationState) stored() []byte { return r.Tag }

func (r verificationState) content() keyring.TagContent {
	return keyring.NewTagContent("verifications").
		Text(r.ID, r.SessionID, r.AccountID, r.SubjectID, r.Purpose, r.Channel, r.State).Number(r.Turn).Flag(r.Prefilled).
		Text(r.PolicyDigest, r.PortraitID, r.GrantID, r.TodoID).Number(r.Revision).Text(r.ContentDigest).
		Number(r.CreatedAt, r.ExpiresAt, r.PassedAt, r.UsableUntil, r.EndedAt)
}

// stateOf returns the row of a verification that begins.
func stateOf(v verification.Verification) verificationState {
	r := verificationState{
		ID: v.ID, SessionID: v.SessionID, AccountID: v.AccountID, SubjectID: v.SubjectID, Purpose: string(v.Purpose),
		Channel: v.Channel, State: string(v.State), Prefilled: v.Prefilled, PolicyDigest: v.PolicyDigest,
		CreatedAt: ms(v.CreatedAt), ExpiresAt: ms(v.ExpiresAt),
	}
	if b := v.Todo; b != nil {
		r.GrantID, r.TodoID, r.Revision, r.ContentDigest = b.GrantID, b.TodoID, b.Revision, b.ContentDigest
	}
	return r
}

// checkState is a row of checks.
type checkState struct {
	VerificationID string `db:"verification_id"`
	Position       int64  `db:"position"`
	Kind           string `db:"kind"`
	State          string `db:"state"`
	AttemptID      string `db:"attempt_id"`
	Failure        string `db:"failure"`
	Tag            rowTag `db:"tag"`
}

// checkOf are the columns of a check that is read along with another row, for a field whose name is "c".
const checkOf = `c.verification_id AS 'c.verification_id', c.position AS 'c.position', c.kind AS 'c.kind', c.state AS 'c.state',
	c.attempt_id AS 'c.attempt_id', c.failure AS 'c.failure', c.tag AS 'c.tag'`

func (r checkState) place() AlteredError {
	return AlteredError{"checks", r.VerificationID + "|" + r.Kind}
}

func (r checkState) stored() []byte { return r.Tag }

func (r checkState) content() keyring.TagContent {
	return keyring.NewTagContent("checks").Text(r.VerificationID).Number(r.Position).Text(r.Kind, r.State, r.AttemptID, r.Failure)
}

// steps is a verification with its checks, as a transaction read them to change them.
type steps struct {
	verificationState

	checks []checkState
}

// check returns the check of a kind.
func (v steps) check(kind string) (checkState, bool) {
	for _, c := range v.checks {
		if c.Kind == kind {
			return c, true
		}
	}
	return checkState{}, false
}

// readSteps reads a verification of a session with its checks, to change them. errNotOne if it does not exist.
func (s *Store) readSteps(ctx context.Context, tx *sqlx.Tx, sessionID, id string) (steps, error) {
	var rows []struct {
		verificationState

		Check checkState `db:"c"`
	}
	err := tx.SelectContext(ctx, &rows, "SELECT "+verificationColumns+", "+checkOf+` FROM verifications v
		JOIN checks c ON c.verification_id = v.id WHERE v.id = ? AND v.session_id = ? ORDER BY c.position`, id, sessionID)
	if err != nil {
		return steps{}, fmt.Errorf("reading a verification: %w", err)
	}
	if len(rows) == 0 {
		return steps{}, errNotOne
	}
	read := steps{verificationState: rows[0].verificationState}
	err = s.verify(ctx, tx, read.verificationState)
	for _, row := range rows {
		if err == nil {
			err = s.verify(ctx, tx, row.Check)
		}
		read.checks = append(read.checks, row.Check)
	}
	return read, err
}

// changeCheck writes a check as it is to be, if it is as it was read.
func (s *Store) changeCheck(ctx context.Context, tx *sqlx.Tx, old, changed checkState) error {
	return exactlyOne(tx.ExecContext(ctx, `UPDATE checks SET state = ?, attempt_id = ?, failure = ?, tag = ?
		WHERE verification_id = ? AND kind = ? AND state = ? AND attempt_id = ? AND tag = ?`,
		changed.State, changed.AttemptID, changed.Failure, s.tagAfter(old, changed),
		old.VerificationID, old.Kind, old.State, old.AttemptID, old.Tag))
}
