package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jmoiron/sqlx"

	"renzheng/verification"
)

// Settle implements [verification.AttemptStore]. For an attempt that was closed meanwhile it records the result and
// returns ErrConflict. The caller then reads the current state.
func (s *Store) Settle(ctx context.Context, st verification.Settlement) error {
	if len(st.From) == 0 {
		return s.recordLate(ctx, st)
	}
	err := s.tx(ctx, func(tx *sqlx.Tx) error { return s.settle(ctx, tx, st) })
	if errors.Is(err, errNotOne) {
		err = errors.Join(verification.ErrConflict, s.recordLate(ctx, st))
	}
	if err != nil {
		return fmt.Errorf("settling an attempt: %w", err)
	}
	return nil
}

func (s *Store) settle(ctx context.Context, tx *sqlx.Tx, st verification.Settlement) error {
	portraitID := ""
	if len(st.Portrait) > 0 && st.Attempt.State == verification.AttemptPassed {
		id, err := s.insertPortrait(ctx, tx, st.Attempt, st.Portrait)
		if err != nil {
			return err
		}
		portraitID = id
	}
	err := settleVerification(ctx, tx, st, portraitID)
	if errors.Is(err, errNotOne) && st.Attempt.State != verification.AttemptPassed {
		return settleAttempt(ctx, tx, st) // the verification has ended; what did not pass still counts
	}
	if err != nil {
		return err
	}
	if err = settleAttempt(ctx, tx, st); err != nil {
		return err
	}
	if err = settleCheck(ctx, tx, st); err != nil {
		return err
	}
	if st.Verification == verification.Failed {
		return dropPortraitOf(ctx, tx, st.Attempt.VerificationID)
	}
	if st.Verification != verification.Passed {
		return nil
	}
	if err = attachConsents(ctx, tx, st.Attempt.AccountID, st.Attempt.SessionID, st.Attempt.SubjectID); err != nil {
		return err
	}
	return s.announceVerified(ctx, tx, st.Attempt.VerificationID, st.Attempt.SettledAt)
}

// settleVerification moves an open verification to st.Verification, or changes only its turn if that is empty. An expired
// verification cannot pass, and a confirm verification is not usable longer than its grant (R3).
func settleVerification(ctx context.Context, tx *sqlx.Tx, st verification.Settlement, portraitID string) error {
	at := ms(st.Attempt.SettledAt)
	state, passedAt, endedAt, after := verification.Open, int64(0), int64(0), int64(0)
	switch st.Verification {
	case verification.Passed, verification.AwaitingAcceptance:
		state, passedAt, after = st.Verification, at, at
	case verification.Failed:
		state, endedAt = st.Verification, at
	case "":
	case verification.Open, verification.Expired, verification.Voided, verification.Consumed:
		return fmt.Errorf("an attempt does not make a verification %s", st.Verification)
	}
	err := exactlyOne(tx.ExecContext(ctx, `UPDATE verifications SET turn = turn + 1, state = ?, passed_at = ?,
		usable_until = COALESCE((SELECT MIN(g.until) FROM grants g WHERE g.id = verifications.grant_id AND g.until < ?), ?),
		ended_at = ?, portrait_id = CASE WHEN ? = '' THEN portrait_id ELSE ? END
		WHERE id = ? AND session_id = ? AND state = 'open' AND expires_at > ?`,
		state, passedAt, ms(st.UsableUntil), ms(st.UsableUntil), endedAt, portraitID, portraitID,
		st.Attempt.VerificationID, st.Attempt.SessionID, after))
	if err != nil {
		return fmt.Errorf("moving the verification on: %w", err)
	}
	return nil
}

// settleAttempt ends the attempt, and releases its tries unless they count. The tries of an undecided attempt stay
// reserved.
func settleAttempt(ctx context.Context, tx *sqlx.Tx, st verification.Settlement) error {
	a := st.Attempt
	query, args, err := in(`UPDATE attempts SET state = ?, failure = ?, level = ?, counted = ?, undecided = ?, settled_at = ?,
		next_try_at = ?, call_cipher = CASE WHEN ? THEN call_cipher ELSE NULL END
		WHERE id = ? AND verification_id = ? AND state IN (?)`, a.State, a.Failure, a.Level, a.Counted, a.Undecided, ms(a.SettledAt),
		ms(st.NextQuery), a.Undecided, a.ID, a.VerificationID, st.From)
	if err != nil {
		return err
	}
	if err = exactlyOne(tx.ExecContext(ctx, query, args...)); err != nil {
		return fmt.Errorf("ending the attempt: %w", err)
	}
	return correctTries(ctx, tx, st)
}

// correctTries releases the tries that a decided attempt did not use, and uses up the quotas that its failure locks.
func correctTries(ctx context.Context, tx *sqlx.Tx, st verification.Settlement) error {
	a := st.Attempt
	if a.Undecided {
		return nil
	}
	taken, err := reservedBy(ctx, tx, a.ID)
	if err != nil {
		return err
	}
	switch {
	case st.NothingDone:
		err = change(ctx, tx, taken, releasedIfNothingDone, giveBack)
	case !a.Counted:
		err = change(ctx, tx, taken, releasedUnlessCounted, giveBack)
	}
	if err != nil {
		return err
	}
	locked := func(r reserved) bool { return slices.Contains(r.LockedBy, a.Failure) }
	return change(ctx, tx, taken, locked, takeAll)
}

func settleCheck(ctx context.Context, tx *sqlx.Tx, st verification.Settlement) error {
	a, holds := st.Attempt, ""
	if st.Check == verification.CheckPassed || st.Check == verification.CheckOpen {
		holds = a.ID
	}
	err := exactlyOne(tx.ExecContext(ctx, `UPDATE checks SET state = ?, attempt_id = ?,
		failure = CASE WHEN ? = 'passed' THEN '' WHEN ? = '' THEN failure ELSE ? END
		WHERE verification_id = ? AND kind = ? AND attempt_id = ?`,
		st.Check, holds, st.Check, a.Failure, a.Failure, a.VerificationID, a.Check, a.ID))
	if err != nil {
		return fmt.Errorf("moving the check on: %w", err)
	}
	if st.Skip == nil {
		return nil
	}
	err = exactlyOne(tx.ExecContext(ctx, `UPDATE checks SET state = 'skipped', attempt_id = ?
		WHERE verification_id = ? AND kind = ? AND state = 'pending'`, st.Skip.AttemptID, a.VerificationID, st.Skip.Kind))
	if err != nil {
		return fmt.Errorf("skipping a check: %w", err)
	}
	return nil
}

func dropPortraitOf(ctx context.Context, tx *sqlx.Tx, verificationID string) error {
	var id string
	if err := tx.GetContext(ctx, &id, "SELECT portrait_id FROM verifications WHERE id = ?", verificationID); err != nil {
		return err
	}
	return dropPortrait(ctx, tx, id)
}

// recordLate records the result of a closed attempt, once (R10), and corrects its tries. Nothing else depends on it any
// more. If the attempt is still undecided, recordLate only sets when it is asked for again.
func (s *Store) recordLate(ctx context.Context, st verification.Settlement) error {
	a := st.Attempt
	const closed = "WHERE id = ? AND session_id = ? AND state IN ('superseded', 'cancelled') AND undecided = 1"
	if a.Undecided {
		_, err := s.exec(ctx, "UPDATE attempts SET next_try_at = ? "+closed, ms(st.NextQuery), a.ID, a.SessionID)
		return err
	}
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		err := exactlyOne(tx.ExecContext(ctx, "UPDATE attempts SET result = ?, failure = ?, counted = ?, undecided = 0, call_cipher = NULL "+closed,
			a.State, a.Failure, a.Counted, a.ID, a.SessionID))
		if err != nil {
			return err
		}
		return correctTries(ctx, tx, st)
	})
	if errors.Is(err, errNotOne) {
		return nil // not closed, or recorded before
	}
	if err != nil {
		return fmt.Errorf("recording a late result: %w", err)
	}
	return nil
}
