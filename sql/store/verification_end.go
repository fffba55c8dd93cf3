package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/verification"
	"renzheng/verification/policy"
)

const selectLive = "SELECT " + verificationColumns + " FROM verifications v WHERE "

// VoidVerification implements [verification.StateStore].
func (s *Store) VoidVerification(ctx context.Context, sessionID, id string, now time.Time) error {
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		var v verificationState
		err := tx.GetContext(ctx, &v, selectLive+"v.id = ? AND v.session_id = ?", id, sessionID)
		if noRow(err) {
			return verification.ErrNotFound
		}
		if err != nil {
			return err
		}
		switch verification.State(v.State) {
		case verification.Open, verification.AwaitingAcceptance, verification.Passed:
		case verification.Failed, verification.Expired, verification.Voided, verification.Consumed:
			return verification.ErrConflict
		}
		if err = s.void(ctx, tx, v, now); err != nil {
			return err
		}
		_, err = s.endGrants(ctx, tx, byVerification, id, now)
		return err
	})
	if err != nil {
		return fmt.Errorf("voiding a verification: %w", err)
	}
	return nil
}

// voidBefore voids what a new verification takes the place of.
func (s *Store) voidBefore(ctx context.Context, tx *sqlx.Tx, v verification.Verification) error {
	var others []verificationState
	err := tx.SelectContext(ctx, &others, selectLive+`v.session_id = ? AND v.purpose = ?
		AND v.state IN ('open', 'awaiting_acceptance')`, v.SessionID, v.Purpose)
	if err != nil {
		return fmt.Errorf("listing earlier verifications: %w", err)
	}
	_, err = s.voidAll(ctx, tx, others, v.CreatedAt)
	return err
}

// voidVerifications voids all that is open of a session or an account, passed and unused answers among it, and returns
// how many.
func (s *Store) voidVerifications(ctx context.Context, tx *sqlx.Tx, by scope, id string, now time.Time) (int, error) {
	var open []verificationState
	err := tx.SelectContext(ctx, &open, selectLive+"v."+string(by)+` = ?
		AND (v.state IN ('open', 'awaiting_acceptance') OR (v.state = 'passed' AND v.purpose IN ('confirm', 'lift')))`, id)
	if err != nil {
		return 0, fmt.Errorf("listing open verifications: %w", err)
	}
	return s.voidAll(ctx, tx, open, now)
}

// voidUnder voids the unused confirm verifications that were begun under a grant.
func (s *Store) voidUnder(ctx context.Context, tx *sqlx.Tx, g grantRow, now time.Time) error {
	var under []verificationState
	err := tx.SelectContext(ctx, &under, selectLive+`v.session_id = ? AND v.grant_id = ? AND v.purpose = 'confirm'
		AND v.state IN ('open', 'awaiting_acceptance', 'passed')`, g.SessionID, g.ID)
	if err != nil {
		return fmt.Errorf("listing the verifications of a grant: %w", err)
	}
	_, err = s.voidAll(ctx, tx, under, now)
	return err
}

// voidAll leaves altered ones alone: they are of no use to anybody, and must not keep the others open.
func (s *Store) voidAll(ctx context.Context, tx *sqlx.Tx, open []verificationState, now time.Time) (int, error) {
	voided := 0
	for _, v := range open {
		err := s.void(ctx, tx, v, now)
		if altered(err) {
			continue
		}
		if err != nil {
			return 0, err
		}
		voided++
	}
	return voided, nil
}

// void ends a verification with its open attempts.
func (s *Store) void(ctx context.Context, tx *sqlx.Tx, v verificationState, now time.Time) error {
	if err := s.endVerification(ctx, tx, v, verification.Voided, now); err != nil {
		return lost(err)
	}
	return s.supersede(ctx, tx, v.ID, anyCheck, now)
}

// ExpireVerifications implements [verification.WorkStore]. Each is a transaction of its own. Open attempts stay: the
// worker still settles them, so that a failure counts whether or not the person came back. Altered ones stay due, so it
// reads more if it found nothing else.
func (s *Store) ExpireVerifications(ctx context.Context, now time.Time, limit int) ([]policy.Purpose, error) {
	for most := limit; ; most *= 2 {
		var due []verificationState
		err := s.read.SelectContext(ctx, &due, selectLive+"v.state = 'open' AND v.expires_at <= ? UNION ALL "+
			selectLive+"v.state = 'awaiting_acceptance' AND v.purpose = 'access' AND v.usable_until <= ? UNION ALL "+
			selectLive+"v.state = 'passed' AND v.purpose IN ('confirm', 'lift') AND v.usable_until <= ? LIMIT ?", ms(now), ms(now), ms(now), most)
		if err != nil {
			return nil, fmt.Errorf("listing verifications to expire: %w", err)
		}
		expired, err := s.expireVerifications(ctx, due, now)
		if err != nil || len(expired) > 0 || len(due) < most {
			return expired, err
		}
	}
}

func (s *Store) expireVerifications(ctx context.Context, due []verificationState, now time.Time) ([]policy.Purpose, error) {
	var expired []policy.Purpose
	for _, v := range due {
		err := s.tx(ctx, func(tx *sqlx.Tx) error { return s.endVerification(ctx, tx, v, verification.Expired, now) })
		if errors.Is(err, errNotOne) || altered(err) {
			continue // used, voided or expired by somebody else meanwhile, or of no use to anybody
		}
		if err != nil {
			return expired, fmt.Errorf("expiring a verification: %w", err)
		}
		expired = append(expired, policy.Purpose(v.Purpose))
	}
	return expired, nil
}

// endVerification ends one and drops its portrait. errNotOne when it is no longer as it was read.
func (s *Store) endVerification(ctx context.Context, tx *sqlx.Tx, v verificationState, to verification.State, now time.Time) error {
	if err := s.verify(ctx, tx, v); err != nil {
		return err
	}
	ended := v
	ended.State, ended.Turn, ended.EndedAt = string(to), v.Turn+1, ms(now)
	err := exactlyOne(tx.ExecContext(ctx, `UPDATE verifications SET state = ?, turn = turn + 1, ended_at = ?, tag = ?
		WHERE id = ? AND state = ? AND turn = ? AND tag = ?`, ended.State, ended.EndedAt, s.tagAfter(v, ended), v.ID, v.State, v.Turn, v.Tag))
	if err != nil {
		return fmt.Errorf("ending a verification: %w", err)
	}
	return dropPortrait(ctx, tx, v.PortraitID)
}
