package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
)

// scope is what an ending applies to: a column of both grants and verifications.
type scope string

const (
	bySession      scope = "session_id"
	byAccount      scope = "account_id"
	bySubject      scope = "subject_id"
	byVerification scope = "verification_id" // grants only
)

// endGrants ends the grants of a session, an account or a verification, and returns how many of them were live. It leaves
// an altered grant alone, which gives no access, so that it does not keep the others alive.
func (s *Store) endGrants(ctx context.Context, tx *sqlx.Tx, by scope, id string, now time.Time) (int, error) {
	var grants []grantRow
	err := tx.SelectContext(ctx, &grants,
		"SELECT "+grantColumns+" FROM grants g WHERE g."+string(by)+" = ? AND g.ended_at = 0", id)
	if err != nil {
		return 0, fmt.Errorf("listing grants: %w", err)
	}
	live := 0
	for _, g := range grants {
		err = s.endGrant(ctx, tx, g, now)
		if altered(err) {
			continue
		}
		if err != nil {
			return 0, err
		}
		if g.Until > ms(now) {
			live++
		}
	}
	return live, nil
}

// endGrant ends one grant, voids the confirm verifications that were begun under it, and drops its portrait (R3, R33).
// It locks the session first, so that a verification that is being begun under the grant is either voided here or finds
// the grant ended.
func (s *Store) endGrant(ctx context.Context, tx *sqlx.Tx, g grantRow, now time.Time) error {
	if err := s.verify(ctx, tx, g); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "UPDATE sessions SET turn = turn + 1 WHERE id = ?", g.SessionID)
	if err != nil {
		return fmt.Errorf("holding a session: %w", err)
	}
	ended := g
	ended.EndedAt = ms(now)
	err = exactlyOne(tx.ExecContext(ctx, "UPDATE grants SET ended_at = ?, tag = ? WHERE id = ? AND ended_at = 0 AND tag = ?",
		ended.EndedAt, s.tagAfter(g, ended), g.ID, g.Tag))
	if err != nil {
		return fmt.Errorf("ending a grant: %w", lost(err))
	}
	if err = s.voidUnder(ctx, tx, g, now); err != nil {
		return err
	}
	return dropPortrait(ctx, tx, g.PortraitID)
}
