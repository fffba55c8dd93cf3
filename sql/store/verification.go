package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"renzheng/identity"
	"renzheng/verification"
	"renzheng/verification/policy"
)

var _ verification.Store = (*Store)(nil)

// InsertVerification implements [verification.StateStore].
func (s *Store) InsertVerification(
	ctx context.Context, v verification.Verification, q verification.StartQuotas,
) (verification.Verification, error) {
	inserted := v
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		inserted = v
		err := holdSession(ctx, tx, v.SessionID)
		if errors.Is(err, errNotOne) {
			return verification.ErrNoGrant // nothing is left of a session that was closed meanwhile
		}
		if err != nil {
			return err
		}
		if _, err = reserve(ctx, tx, q.Starts, q.Starts.Scope, v.CreatedAt); err != nil {
			return err
		}
		if err = s.voidBefore(ctx, tx, v); err != nil {
			return err
		}
		if v.Purpose == policy.Confirm {
			err = s.insertConfirm(ctx, tx, &inserted)
		} else {
			err = s.insertAccess(ctx, tx, &inserted, q.Subjects)
		}
		if err != nil {
			return err
		}
		return s.insertChecks(ctx, tx, v)
	})
	if err != nil {
		return verification.Verification{}, fmt.Errorf("inserting a verification: %w", err)
	}
	return inserted, nil
}

// holdSession makes what begins and accepts verifications of one session take turns, so that two at once cannot both
// leave the other's out. errNotOne when it was closed.
func holdSession(ctx context.Context, tx *sqlx.Tx, id string) error {
	err := exactlyOne(tx.ExecContext(ctx, "UPDATE sessions SET turn = turn + 1 WHERE id = ? AND revoked_at = 0", id))
	if err != nil {
		return fmt.Errorf("holding a session: %w", err)
	}
	return nil
}

// insertAccess inserts a verification whose document was typed or prefilled.
func (s *Store) insertAccess(
	ctx context.Context, tx *sqlx.Tx, v *verification.Verification, subjects policy.Quota,
) error {
	person, err := s.findOrCreateSubject(ctx, tx, v.Document, v.CreatedAt)
	if err != nil {
		return err
	}
	v.SubjectID = person.ID
	if err = countSubject(ctx, tx, *v, subjects); err != nil {
		return err
	}
	sealed, err := sealDocument(person.Key, verificationAAD(v.ID), v.Document)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, insertVerification+` VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', 0, '', ?, ?, ?)`,
		v.ID, v.SessionID, v.AccountID, v.SubjectID, v.Purpose, v.Channel, v.State, sealed, v.Document.Type, v.Prefilled,
		v.PolicyDigest, ms(v.CreatedAt), ms(v.ExpiresAt), s.tag(stateOf(*v)))
	return err
}

// countSubject counts a subject among those of the account today (R12).
func countSubject(ctx context.Context, tx *sqlx.Tx, v verification.Verification, b policy.Quota) error {
	day := identity.DateAt(v.CreatedAt)
	_, err := tx.ExecContext(ctx, "INSERT INTO account_subjects (account_id, day, subject_id) VALUES (?, ?, ?)",
		v.AccountID, day.String(), v.SubjectID)
	if isDuplicate(err) {
		return nil // it was counted
	}
	if err != nil {
		return fmt.Errorf("counting a subject: %w", err)
	}
	_, err = reserve(ctx, tx, b, b.Scope, v.CreatedAt)
	return err
}

func (s *Store) insertChecks(ctx context.Context, tx *sqlx.Tx, v verification.Verification) error {
	for position, c := range v.Checks {
		row := checkState{
			VerificationID: v.ID, Position: int64(position), Kind: string(c.Kind), State: string(c.State),
			AttemptID: c.AttemptID, Failure: string(c.Failure),
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO checks (verification_id, position, kind, state, attempt_id, failure, tag)
			VALUES (?, ?, ?, ?, ?, ?, ?)`, row.VerificationID, row.Position, row.Kind, row.State, row.AttemptID, row.Failure, s.tag(row))
		if err != nil {
			return fmt.Errorf("inserting a check: %w", err)
		}
	}
	return nil
}
