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

// liveVerification is a verification as it was read, to be ended only if it still is so.
type liveVerification struct {
	ID         string `db:"id"`
	Purpose    string `db:"purpose"`
	State      string `db:"state"`
	Turn       int64  `db:"turn"`
	PortraitID string `db:"portrait_id"`
}

const selectLive = "SELECT id, purpose, state, turn, portrait_id FROM verifications WHERE "

// VoidVerification implements [verification.StateStore].
func (s *Store) VoidVerification(ctx context.Context, sessionID, id string, now time.Time) error {
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		var v liveVerification
		err := tx.GetContext(ctx, &v, selectLive+"id = ? AND session_id = ?", id, sessionID)
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
		if err = void(ctx, tx, v, now); err != nil {
			return err
		}
		_, err = endGrants(ctx, tx, byVerification, id, now)
		return err
	})
	if err != nil {
		return fmt.Errorf("voiding a verification: %w", err)
	}
	return nil
}

// voidBefore voids what a new verification takes the place of.
func voidBefore(ctx context.Context, tx *sqlx.Tx, v verification.Verification) error {
	var others []liveVerification
	err := tx.SelectContext(ctx, &others, selectLive+`session_id = ? AND purpose = ?
		AND state IN ('open', 'awaiting_acceptance')`, v.SessionID, v.Purpose)
	if err != nil {
		return fmt.Errorf("listing earlier verifications: %w", err)
	}
	_, err = voidAll(ctx, tx, others, v.CreatedAt)
	return err
}

// voidVerifications voids all that is open of a session or an account, passed and unused answers among it, and returns
// how many.
func voidVerifications(ctx context.Context, tx *sqlx.Tx, by scope, id string, now time.Time) (int, error) {
	var open []liveVerification
	err := tx.SelectContext(ctx, &open, selectLive+string(by)+` = ?
		AND (state IN ('open', 'awaiting_acceptance') OR (state = 'passed' AND purpose = 'confirm'))`, id)
	if err != nil {
		return 0, fmt.Errorf("listing open verifications: %w", err)
	}
	return voidAll(ctx, tx, open, now)
}

// voidUnder voids the unused confirm verifications that were begun under a grant.
func voidUnder(ctx context.Context, tx *sqlx.Tx, g grantRow, now time.Time) error {
	var under []liveVerification
	err := tx.SelectContext(ctx, &under, selectLive+`session_id = ? AND grant_id = ? AND purpose = 'confirm'
		AND state IN ('open', 'awaiting_acceptance', 'passed')`, g.SessionID, g.ID)
	if err != nil {
		return fmt.Errorf("listing the verifications of a grant: %w", err)
	}
	_, err = voidAll(ctx, tx, under, now)
	return err
}

func voidAll(ctx context.Context, tx *sqlx.Tx, open []liveVerification, now time.Time) (int, error) {
	for _, v := range open {
		if err := void(ctx, tx, v, now); err != nil {
			return 0, err
		}
	}
	return len(open), nil
}

// void ends a verification with its open attempts.
func void(ctx context.Context, tx *sqlx.Tx, v liveVerification, now time.Time) error {
	if err := endVerification(ctx, tx, v, verification.Voided, now); err != nil {
		return lost(err)
	}
	return supersede(ctx, tx, v.ID, anyCheck, now)
}

// ExpireVerifications implements [verification.WorkStore]. Each is a transaction of its own. Open attempts stay: the
// worker still settles them, so that a failure counts whether or not the person came back.
func (s *Store) ExpireVerifications(ctx context.Context, now time.Time, limit int) ([]policy.Purpose, error) {
	var due []liveVerification
	err := s.read.SelectContext(ctx, &due, selectLive+"state = 'open' AND expires_at <= ? UNION ALL "+
		selectLive+"state = 'awaiting_acceptance' AND purpose = 'access' AND usable_until <= ? UNION ALL "+
		selectLive+"state = 'passed' AND purpose = 'confirm' AND usable_until <= ? LIMIT ?", ms(now), ms(now), ms(now), limit)
	if err != nil {
		return nil, fmt.Errorf("listing verifications to expire: %w", err)
	}
	var expired []policy.Purpose
	for _, v := range due {
		err = s.tx(ctx, func(tx *sqlx.Tx) error { return endVerification(ctx, tx, v, verification.Expired, now) })
		if errors.Is(err, errNotOne) {
			continue // used, voided or expired by somebody else meanwhile
		}
		if err != nil {
			return expired, fmt.Errorf("expiring a verification: %w", err)
		}
		expired = append(expired, policy.Purpose(v.Purpose))
	}
	return expired, nil
}

// endVerification ends one and drops its portrait. errNotOne when it is no longer as it was read.
func endVerification(ctx context.Context, tx *sqlx.Tx, v liveVerification, to verification.State, now time.Time) error {
	err := exactlyOne(tx.ExecContext(ctx, `UPDATE verifications SET state = ?, turn = turn + 1, ended_at = ?
		WHERE id = ? AND state = ? AND turn = ?`, to, ms(now), v.ID, v.State, v.Turn))
	if err != nil {
		return fmt.Errorf("ending a verification: %w", err)
	}
	return dropPortrait(ctx, tx, v.PortraitID)
}
