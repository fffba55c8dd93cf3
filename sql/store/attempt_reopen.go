package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/verification"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

// left is the condition of a face that ended for the person before it was judged, and whose call the provider may still take.
const left = "kind = 'face' AND state = 'cancelled' AND undecided = 1 AND call_cipher IS NOT NULL"

// LeftFace implements [verification.AttemptStore].
func (s *Store) LeftFace(ctx context.Context, sessionID, verificationID string, now time.Time) (verification.Attempt, error) {
	return s.attempt(ctx, selectAttempt+`JOIN verifications v ON v.id = a.verification_id
		WHERE a.id = (SELECT id FROM attempts WHERE verification_id = ? AND session_id = ? AND `+left+`
			ORDER BY started_at DESC, id DESC LIMIT 1) AND `+underGrant, verificationID, sessionID, ms(now))
}

// Reopen implements [verification.AttemptStore].
func (s *Store) Reopen(ctx context.Context, r verification.Reservation) error {
	a := r.Attempt
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		v, err := s.mayReserve(ctx, tx, r)
		if err != nil {
			return err
		}
		face, ok := v.check(string(policy.Face))
		if !ok || face.State != string(verification.CheckPending) {
			return errNotOne
		}
		opened := face
		opened.State, opened.AttemptID = string(verification.CheckOpen), a.ID
		if err = s.changeCheck(ctx, tx, face, opened); err != nil {
			return err
		}
		old, err := s.readAttempt(ctx, tx, a.ID)
		if err != nil {
			return err
		}
		reopened := old.attemptState
		reopened.State, reopened.Failure, reopened.SettledAt = string(verification.AttemptOpen), "", 0
		return missed(ctx, tx, old, exactlyOne(tx.ExecContext(ctx, `UPDATE attempts SET state = 'open', failure = '', settled_at = 0,
			next_try_at = expires_at, tag = ? WHERE id = ? AND session_id = ? AND expires_at > ? AND tag = ? AND `+left,
			s.tagAfter(old, reopened), a.ID, a.SessionID, ms(r.Now), old.Tag)))
	})
	if errors.Is(err, errNotOne) {
		err = verification.ErrConflict
	}
	if err != nil {
		return fmt.Errorf("reopening a face: %w", err)
	}
	return nil
}

// LeftUntil implements [verification.HistoryStore].
func (s *Store) LeftUntil(ctx context.Context, accountID, subjectID string) (time.Time, error) {
	var earliest sql.NullInt64
	err := s.read.GetContext(ctx, &earliest, `SELECT MIN(next_try_at) FROM attempts
		WHERE account_id = ? AND subject_id = ? AND failure <> ? AND `+left, accountID, subjectID, failure.FaceNotFinished)
	switch {
	case err != nil:
		return time.Time{}, fmt.Errorf("reading the faces that were left: %w", err)
	case !earliest.Valid:
		return time.Time{}, verification.ErrNotFound
	}
	return fromMs(earliest.Int64), nil
}
