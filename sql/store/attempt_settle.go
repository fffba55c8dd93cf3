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
	if st.UnlessStopped {
		if err := holdPassing(ctx, tx, st.Attempt.SubjectID, st.Attempt.SettledAt); err != nil {
			return err
		}
	}
	portraitID := ""
	if len(st.Portrait) > 0 && st.Attempt.State == verification.AttemptPassed {
		id, err := s.insertPortrait(ctx, tx, st.Attempt, st.Portrait)
		if err != nil {
			return err
		}
		portraitID = id
	}
	v, err := s.readSteps(ctx, tx, st.Attempt.SessionID, st.Attempt.VerificationID)
	if err == nil {
		err = s.settleVerification(ctx, tx, v, st, portraitID)
	}
	if errors.Is(err, errNotOne) && st.Attempt.State != verification.AttemptPassed {
		return s.settleAttempt(ctx, tx, st) // the verification has ended; what did not pass still counts
	}
	if err != nil {
		return err
	}
	if err = s.settleAttempt(ctx, tx, st); err != nil {
		return err
	}
	if err = s.settleCheck(ctx, tx, v, st); err != nil {
		return err
	}
	if st.Verification == verification.Failed {
		return dropPortrait(ctx, tx, v.PortraitID)
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
func (s *Store) settleVerification(ctx context.Context, tx *sqlx.Tx, v steps, st verification.Settlement, portraitID string) error {
	at, after := ms(st.Attempt.SettledAt), int64(0)
	next := v.verificationState
	next.Turn, next.State, next.PassedAt, next.EndedAt = v.Turn+1, string(verification.Open), 0, 0
	switch st.Verification {
	case verification.Passed, verification.AwaitingAcceptance:
		next.State, next.PassedAt, after = string(st.Verification), at, at
	case verification.Failed:
		next.State, next.EndedAt = string(st.Verification), at
	case "":
	case verification.Open, verification.Expired, verification.Voided, verification.Consumed:
		return fmt.Errorf("an attempt does not make a verification %s", st.Verification)
	}
	if portraitID != "" {
		next.PortraitID = portraitID
	}
	var err error
	if next.UsableUntil, err = s.usableUntil(ctx, tx, v, ms(st.UsableUntil)); err != nil {
		return err
	}
	err = missed(ctx, tx, v, exactlyOne(tx.ExecContext(ctx, `UPDATE verifications SET turn = turn + 1, state = ?, passed_at = ?,
		usable_until = ?, ended_at = ?, portrait_id = ?, tag = ?
		WHERE id = ? AND session_id = ? AND state = 'open' AND expires_at > ? AND tag = ?`,
		next.State, next.PassedAt, next.UsableUntil, next.EndedAt, next.PortraitID, s.tagAfter(v, next),
		v.ID, v.SessionID, after, v.Tag)))
	if err != nil {
		return fmt.Errorf("moving the verification on: %w", err)
	}
	return nil
}

// usableUntil returns until, or the end of the grant under which the verification was begun if that is earlier.
func (s *Store) usableUntil(ctx context.Context, tx *sqlx.Tx, v steps, until int64) (int64, error) {
	if v.GrantID == "" || until == 0 {
		return until, nil
	}
	var g grantRow
	err := tx.GetContext(ctx, &g, "SELECT "+grantColumns+" FROM grants g WHERE g.id = ?", v.GrantID)
	if noRow(err) {
		return until, nil
	}
	if err == nil {
		err = s.verify(ctx, tx, g)
	}
	return min(until, g.Until), err
}

// settleAttempt ends the attempt, and releases its tries unless they count. The tries of an undecided attempt stay
// reserved.
func (s *Store) settleAttempt(ctx context.Context, tx *sqlx.Tx, st verification.Settlement) error {
	a := st.Attempt
	old, err := s.readAttempt(ctx, tx, a.ID)
	if err != nil {
		return fmt.Errorf("reading the attempt: %w", err)
	}
	next := old.attemptState
	next.State, next.Failure, next.Level, next.Counted = string(a.State), string(a.Failure), a.Level, a.Counted
	next.Undecided, next.SettledAt = a.Undecided, ms(a.SettledAt)
	query, args, err := in(`UPDATE attempts SET state = ?, failure = ?, level = ?, counted = ?, undecided = ?, settled_at = ?,
		next_try_at = ?, call_cipher = CASE WHEN ? THEN call_cipher ELSE NULL END, tag = ?
		WHERE id = ? AND verification_id = ? AND tag = ? AND state IN (?)`, next.State, next.Failure, next.Level, next.Counted,
		next.Undecided, next.SettledAt, ms(st.NextQuery), a.Undecided, s.tagAfter(old, next), a.ID, a.VerificationID, old.Tag, st.From)
	if err != nil {
		return err
	}
	if err = missed(ctx, tx, old, exactlyOne(tx.ExecContext(ctx, query, args...))); err != nil {
		return fmt.Errorf("ending the attempt: %w", err)
	}
	return correctTries(ctx, tx, old, st)
}

// correctTries releases the tries that a decided attempt did not use, and uses up the quotas that its failure locks.
func correctTries(ctx context.Context, tx *sqlx.Tx, held heldAttempt, st verification.Settlement) error {
	a := st.Attempt
	if a.Undecided {
		return nil
	}
	taken, err := readReserved(held.Budgets)
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

func (s *Store) settleCheck(ctx context.Context, tx *sqlx.Tx, v steps, st verification.Settlement) error {
	a := st.Attempt
	old, ok := v.check(string(a.Check))
	if !ok || old.AttemptID != a.ID {
		return fmt.Errorf("moving the check on: %w", errNotOne)
	}
	next := old
	next.State, next.AttemptID = string(st.Check), ""
	if st.Check == verification.CheckPassed || st.Check == verification.CheckOpen {
		next.AttemptID = a.ID
	}
	switch {
	case st.Check == verification.CheckPassed:
		next.Failure = ""
	case a.Failure != "":
		next.Failure = string(a.Failure)
	}
	if err := s.changeCheck(ctx, tx, old, next); err != nil {
		return fmt.Errorf("moving the check on: %w", err)
	}
	if st.Skip == nil {
		return nil
	}
	old, ok = v.check(string(st.Skip.Kind))
	if !ok || old.State != string(verification.CheckPending) {
		return fmt.Errorf("skipping a check: %w", errNotOne)
	}
	next = old
	next.State, next.AttemptID = string(verification.CheckSkipped), st.Skip.AttemptID
	if err := s.changeCheck(ctx, tx, old, next); err != nil {
		return fmt.Errorf("skipping a check: %w", err)
	}
	return nil
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
		old, err := s.readAttempt(ctx, tx, a.ID)
		if err != nil {
			return err
		}
		next := old.attemptState
		next.Result, next.Failure, next.Counted, next.Undecided = string(a.State), string(a.Failure), a.Counted, false
		err = missed(ctx, tx, old, exactlyOne(tx.ExecContext(ctx, `UPDATE attempts SET result = ?, failure = ?, counted = ?, undecided = 0,
			call_cipher = NULL, tag = ? `+closed+" AND tag = ?",
			next.Result, next.Failure, next.Counted, s.tagAfter(old, next), a.ID, a.SessionID, old.Tag)))
		if err != nil {
			return err
		}
		return correctTries(ctx, tx, old, st)
	})
	if errors.Is(err, errNotOne) {
		return nil // not closed, or recorded before
	}
	if err != nil {
		return fmt.Errorf("recording a late result: %w", err)
	}
	return nil
}
