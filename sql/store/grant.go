package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
)

// scope is what an ending applies to: a column of both grants and verifications.
type scope string

const (
	bySession      scope = "session_id"
	byAccount      scope = "account_id"
	byVerification scope = "verification_id" // grants only
)

// endGrants ends the grants of a session, an account or a verification and drops their portraits (R3, R33). It tells
// how many were live.
func endGrants(ctx context.Context, tx *sqlx.Tx, by scope, id string, now time.Time) (int, error) {
	var grants []struct {
		ID         string `db:"id"`
		PortraitID string `db:"portrait_id"`
		Until      int64  `db:"until"`
	}
	err := tx.SelectContext(ctx, &grants, "SELECT id, portrait_id, until FROM grants WHERE "+string(by)+" = ? AND ended_at = 0", id)
	if err != nil {
		return 0, fmt.Errorf("listing grants: %w", err)
	}
	live := 0
	for _, g := range grants {
		err = exactlyOne(tx.ExecContext(ctx, "UPDATE grants SET ended_at = ? WHERE id = ? AND ended_at = 0", ms(now), g.ID))
		if err != nil {
			return 0, fmt.Errorf("ending a grant: %w", lost(err))
		}
		if err = dropPortrait(ctx, tx, g.PortraitID); err != nil {
			return 0, err
		}
		if g.Until > ms(now) {
			live++
		}
	}
	return live, nil
}

// lost turns "somebody else changed it since we looked" into a repetition of the transaction.
func lost(err error) error {
	if errors.Is(err, errNotOne) {
		return errRace
	}
	return err
}
