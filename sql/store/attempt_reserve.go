package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/jmoiron/sqlx"

	"renzheng/verification"
	"renzheng/verification/policy"
)

// Reserve implements [verification.AttemptStore].
func (s *Store) Reserve(ctx context.Context, r verification.Reservation) error {
	a := r.Attempt
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		v, err := s.mayReserve(ctx, tx, r)
		if err != nil {
			return err
		}
		if err = noneRunning(ctx, tx, r); err != nil {
			return err
		}
		if err = s.supersede(ctx, tx, a.VerificationID, a.Check, r.Now); err != nil {
			return err
		}
		if err = s.openCheck(ctx, tx, v, a); err != nil {
			return err
		}
		taken, err := s.reserveAll(ctx, tx, r)
		if err != nil {
			return err
		}
		return s.insertAttempt(ctx, tx, a, taken)
	})
	if err != nil {
		return fmt.Errorf("reserving a try: %w", err)
	}
	return nil
}

const (
	reserveGuard = `id = ? AND session_id = ? AND account_id = ? AND subject_id = ? AND state = 'open' AND expires_at > ?
		AND NOT EXISTS (SELECT 1 FROM checks mine JOIN checks earlier ON earlier.verification_id = mine.verification_id
			AND earlier.position < mine.position AND earlier.state NOT IN ('passed', 'skipped')
			WHERE mine.verification_id = verifications.id AND mine.kind = ?)`
	consentGuard = ` AND EXISTS (SELECT 1 FROM consents WHERE account_id = ?
		AND (subject_id = ? OR (subject_id = '' AND session_id = ?)) AND kind = ? AND notice_hash = ? AND accepted_at >= ? AND withdrawn_at = 0)`
)

// mayReserve demands that the verification is open, that its earlier checks have passed (R13), and that every consent
// lives (R34), in one statement, which also makes changes of the verification take turns.
func (s *Store) mayReserve(ctx context.Context, tx *sqlx.Tx, r verification.Reservation) (steps, error) {
	a := r.Attempt
	v, err := s.readSteps(ctx, tx, a.SessionID, a.VerificationID)
	if errors.Is(err, errNotOne) {
		err = verification.ErrConflict
	}
	if err != nil {
		return steps{}, err
	}
	moved := v.verificationState
	moved.Turn++
	guard := []any{a.VerificationID, a.SessionID, a.AccountID, a.SubjectID, ms(r.Now), a.Check}
	args := append([]any{s.tagAfter(v.verificationState, moved), v.Tag}, guard...)
	for _, c := range r.Consents {
		args = append(args, a.AccountID, a.SubjectID, a.SessionID, c.Kind, c.NoticeHash, ms(c.Since))
	}
	err = exactlyOne(tx.ExecContext(ctx, "UPDATE verifications SET turn = turn + 1, tag = ? WHERE tag = ? AND "+reserveGuard+
		strings.Repeat(consentGuard, len(r.Consents)), args...))
	if err = missed(ctx, tx, v.verificationState, err); !errors.Is(err, errNotOne) {
		return v, err
	}
	var open bool // says why; the update decided
	if err = tx.GetContext(ctx, &open, "SELECT COUNT(*) > 0 FROM verifications WHERE "+reserveGuard, guard...); err != nil {
		return steps{}, err
	}
	if open {
		return steps{}, verification.ErrConsent
	}
	return steps{}, verification.ErrConflict
}

// noneRunning rejects a query alongside one whose answer is on the way: to supersede that would give its try back while
// it is being used, so that calls at once would have more tries than allowed. A document may be asked for until it is
// answered; a face that is open waits for the person, who may begin anew.
func noneRunning(ctx context.Context, tx *sqlx.Tx, r verification.Reservation) error {
	if r.Attempt.Check == policy.Face {
		return nil
	}
	var running bool
	err := tx.GetContext(ctx, &running, `SELECT COUNT(*) > 0 FROM attempts
		WHERE verification_id = ? AND kind = ? AND state IN ('open', 'unknown') AND (kind = 'document' OR expires_at > ?)`,
		r.Attempt.VerificationID, r.Attempt.Check, ms(r.Now))
	if err != nil {
		return fmt.Errorf("looking for a query under way: %w", err)
	}
	if running {
		return verification.ErrConflict
	}
	return nil
}

// openCheck opens the check of an attempt, unless the check has ended.
func (s *Store) openCheck(ctx context.Context, tx *sqlx.Tx, v steps, a verification.Attempt) error {
	check, ok := v.check(string(a.Check))
	if !ok || check.State != string(verification.CheckPending) && check.State != string(verification.CheckOpen) {
		return verification.ErrConflict
	}
	opened := check
	opened.State, opened.AttemptID = string(verification.CheckOpen), a.ID
	err := s.changeCheck(ctx, tx, check, opened)
	if errors.Is(err, errNotOne) {
		return verification.ErrConflict
	}
	if err != nil {
		return fmt.Errorf("opening the check: %w", err)
	}
	return nil
}

func (s *Store) insertAttempt(ctx context.Context, tx *sqlx.Tx, a verification.Attempt, taken []reserved) error {
	quotas, err := json.Marshal(taken)
	if err != nil {
		return fmt.Errorf("encoding quotas: %w", err)
	}
	var last4 []byte
	if a.CardLast4 != "" {
		key, failed := s.ownerKey(ctx, tx, a.SubjectID)
		if failed != nil {
			return failed
		}
		if last4, err = key.Seal(cardAAD(a.ID), []byte(a.CardLast4)); err != nil {
			return err
		}
	}
	row := attemptState{
		ID: a.ID, VerificationID: a.VerificationID, SessionID: a.SessionID, AccountID: a.AccountID, SubjectID: a.SubjectID,
		Kind: string(a.Check), Provider: a.Provider, State: string(verification.AttemptOpen), Undecided: true,
		StartedAt: ms(a.StartedAt), ExpiresAt: ms(a.ExpiresAt),
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO attempts (id, verification_id, session_id, account_id, subject_id, kind,
		provider, state, undecided, card_last4_cipher, budgets, started_at, expires_at, next_try_at, tag)
		VALUES (?, ?, ?, ?, ?, ?, ?, 'open', 1, ?, ?, ?, ?, ?, ?)`, row.ID, row.VerificationID, row.SessionID, row.AccountID, row.SubjectID,
		row.Kind, row.Provider, last4, string(quotas), row.StartedAt, row.ExpiresAt, row.ExpiresAt, s.tag(row))
	if err != nil {
		return fmt.Errorf("inserting an attempt: %w", err)
	}
	return nil
}
