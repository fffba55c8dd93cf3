package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"renzheng/rights"
	"renzheng/todo"
	"renzheng/verification"
)

// Lift implements [rights.FreezeStore].
func (s *Store) Lift(ctx context.Context, r rights.LiftRequest) (rights.Freeze, error) {
	var lifted freezeRow
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		var v verificationState
		err := tx.GetContext(ctx, &v, "SELECT "+verificationColumns+" FROM verifications v WHERE v.id = ? AND v.session_id = ? AND v.purpose = 'lift'", r.VerificationID, r.SessionID)
		if noRow(err) {
			return rights.ErrNotFound
		}
		if err == nil {
			err = s.verify(ctx, tx, v)
		}
		if err != nil {
			return err
		}
		lifted, err = s.liftedBefore(ctx, tx, v)
		if noRow(err) {
			lifted, err = s.lift(ctx, tx, v, r)
		}
		return err
	})
	if err != nil {
		return rights.Freeze{}, fmt.Errorf("lifting a freeze: %w", err)
	}
	return lifted.freeze(), nil
}

// liftedBefore returns the freeze that an earlier call lifted with the same verification, or sql.ErrNoRows.
func (s *Store) liftedBefore(ctx context.Context, tx *sqlx.Tx, v verificationState) (freezeRow, error) {
	var row freezeRow
	err := tx.GetContext(ctx, &row, "SELECT "+freezeColumns+" FROM freezes f WHERE f.subject_id = ? AND f.verification_id = ?", v.SubjectID, v.ID)
	if err == nil {
		err = s.verify(ctx, tx, row)
	}
	return row, err
}

// lift uses up the verification and ends the freeze in force of its subject.
func (s *Store) lift(ctx context.Context, tx *sqlx.Tx, v verificationState, r rights.LiftRequest) (freezeRow, error) {
	used := v
	used.State, used.EndedAt, used.Turn = string(verification.Consumed), ms(r.Now), v.Turn+1
	err := exactlyOne(tx.ExecContext(ctx, `UPDATE verifications SET state = 'consumed', ended_at = ?, turn = turn + 1, tag = ?
		WHERE id = ? AND session_id = ? AND purpose = 'lift' AND state = 'passed' AND usable_until > ? AND turn = ? AND tag = ?`,
		used.EndedAt, s.tagAfter(v, used), v.ID, r.SessionID, ms(r.Now), v.Turn, v.Tag))
	if errors.Is(err, errNotOne) {
		err = rights.ErrNotLifting
	}
	var old freezeRow
	if err == nil {
		err = tx.GetContext(ctx, &old, "SELECT "+freezeColumns+" FROM freezes f WHERE f.subject_id = ? AND f.lifted_at = 0", v.SubjectID)
	}
	if noRow(err) {
		return freezeRow{}, rights.ErrNotFrozen
	}
	if err == nil {
		err = s.verify(ctx, tx, old)
	}
	if err != nil {
		return freezeRow{}, err
	}
	return s.endFreeze(ctx, tx, old, r)
}

func (s *Store) endFreeze(ctx context.Context, tx *sqlx.Tx, old freezeRow, r rights.LiftRequest) (freezeRow, error) {
	if err := exactlyOne(tx.ExecContext(ctx, markLifted, ms(r.Now), old.SubjectID, old.ID)); err != nil {
		return freezeRow{}, lost(err)
	}
	ended := old
	ended.LiftedAt, ended.VerificationID = ms(r.Now), r.VerificationID
	ended.Tag = s.tagAfter(old, ended)
	err := exactlyOne(tx.ExecContext(ctx, liftFreeze, ended.LiftedAt, ended.VerificationID, ended.Tag, old.ID, old.Tag))
	if err != nil {
		return freezeRow{}, lost(err)
	}
	return ended, s.announceFreeze(ctx, tx, todo.EventUnfrozen, old.SubjectID, r.Now)
}
